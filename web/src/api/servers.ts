import { queryOptions } from "@tanstack/react-query";
import { act, read } from "./client";
import { LIVE_MILLIS } from "./queries";
import type { Server } from "./schema";

export type { Server } from "./schema";

export type ServerState = Server["state"];

export const serversQuery = queryOptions({
  queryKey: ["servers"],
  queryFn: ({ signal }) => read("/servers", signal),
  refetchInterval: LIVE_MILLIS,
});

export async function stopServer(server: Server): Promise<void> {
  await act("POST /servers/{id}/stop", { path: { id: server.id } });
}
