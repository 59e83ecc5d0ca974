import { queryOptions } from "@tanstack/react-query";
import { act, read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type { Announcement } from "./schema";

export const announcementsQuery = queryOptions({
  queryKey: ["announcements"],
  queryFn: ({ signal }) => read("/announcements", signal),
  refetchInterval: LIVE_MILLIS,
});

/** Without a community everybody is meant. */
export const tell = (body: {
  community?: number;
  text: string;
  pausesStarts: boolean;
  stopsAt?: string;
}) => act("PUT /announcements", { body });

export const takeBack = (community?: number) =>
  act("POST /announcements/end", { body: { community } });

/** Stops all servers, those of a community, or those of a group in it. */
export const stopServers = (body: { community?: number; group?: string }) =>
  act("POST /servers/stop", { body });
