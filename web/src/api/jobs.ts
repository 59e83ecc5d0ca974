import { queryOptions } from "@tanstack/react-query";
import { act, read } from "./client";
import { LIVE_MILLIS } from "./queries";

/** Work the platform does by itself; the figures are those of its last run. */
export type Job = {
  name: string;
  everySeconds: number;
  lastRunAt?: string | null;
  tookMillis?: number | null;
  looked?: number | null;
  changed?: number | null;
  failed?: number | null;
  failure?: string | null;
  running: boolean;
};

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: ({ signal }) => read<{ items: Job[] }>("/jobs", signal),
  refetchInterval: LIVE_MILLIS,
});

export function runJob(job: Job): Promise<void> {
  return act(`/jobs/${encodeURIComponent(job.name)}/run`);
}
