import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

/** One line of the audit log: who did what to which thing, newest first. */
export type AuditEntry = {
  at: string;
  actor: string;
  action: string;
  thing: string;
  detail?: string | null;
};

export const auditQuery = queryOptions({
  queryKey: ["audit"],
  queryFn: ({ signal }) => read<{ items: AuditEntry[] }>("/audit", signal),
  refetchInterval: LIVE_MILLIS,
});
