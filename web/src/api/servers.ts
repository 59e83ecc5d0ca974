import { queryOptions } from "@tanstack/react-query";
import { act, read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type ServerState = "SPAWNING" | "READY" | "STOPPING" | "STOPPED" | "FAILED";

/** One server of a user; `name` is empty for the default one. */
export type Server = {
  id: number;
  community: string;
  user: string;
  name: string;
  state: ServerState;
  startedAt?: string | null;
  lastActivityAt?: string | null;
  image?: string | null;
  memoryBytes?: number | null;
  stopReason?: string | null;
  failure?: string | null;
  url?: string | null;
};

export const serversQuery = queryOptions({
  queryKey: ["servers"],
  queryFn: ({ signal }) => read<{ items: Server[] }>("/servers", signal),
  refetchInterval: LIVE_MILLIS,
});

export function stopServer(server: Server): Promise<void> {
  return act(`/servers/${server.id}/stop`);
}
