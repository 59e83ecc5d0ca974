import { queryOptions } from "@tanstack/react-query";
import { act, read } from "./client";
import type { Check, Health } from "./schema";

export type { Check, Health } from "./schema";

/** Answers change when somebody looks, so they are read seldom. */
const HEALTH_MILLIS = 60_000;

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => read("/health", signal),
  refetchInterval: HEALTH_MILLIS,
});

/** Has the platform look at everything now; takes up to ten seconds. */
export function checkHealth(): Promise<Health> {
  return act("POST /health/check", {});
}

/** Whether somebody should do something about it. */
export function needsSomebody({ level }: Check): boolean {
  return level === "FAULT" || level === "WARNING";
}
