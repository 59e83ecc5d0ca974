import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type { AuditEntry } from "./schema";

export const auditQuery = queryOptions({
  queryKey: ["audit"],
  queryFn: ({ signal }) => read("/audit", signal),
  refetchInterval: LIVE_MILLIS,
});
