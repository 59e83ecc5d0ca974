import { queryOptions } from "@tanstack/react-query";
import { act, read } from "./client";
import { LIVE_MILLIS } from "./queries";
import type { Job } from "./schema";

export type { Job } from "./schema";

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: ({ signal }) => read("/jobs", signal),
  refetchInterval: LIVE_MILLIS,
});

export async function runJob(job: Job): Promise<void> {
  await act("POST /jobs/{name}/run", { path: { name: job.name } });
}
