import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type Overview = {
  version: string;
  startedAt: string;
  engine: { reachable: boolean; version?: string | null; problem?: string | null };
  disk: { totalBytes: number; freeBytes: number };
  memory: { totalBytes: number; availableBytes: number };
  counts: { users: number; readyServers: number; startingServers: number };
};

export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => read<Overview>("/overview", signal),
  refetchInterval: LIVE_MILLIS,
});
