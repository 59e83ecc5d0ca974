import { infiniteQueryOptions } from "@tanstack/react-query";
import { act, addressOf, readAt } from "./client";
import { communitiesQuery } from "./communities";
import { LIVE_MILLIS } from "./queries";
import type { LeavingPage } from "./schema";

export type { LeavingPage } from "./schema";

/** Files that are kept of somebody who has gone. */
export type Leaving = LeavingPage["items"][number];

export const leavingQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "leaving"],
    queryFn: ({ signal, pageParam }) =>
      readAt("/communities/{id}/leaving", { id }, signal, { offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LIVE_MILLIS,
  });

/** Lets the owner in again, under another name where theirs was given away. */
export const bringBack = (id: number, folder: number, name?: string) =>
  act("POST /communities/{id}/leaving/{folder}/back", { path: { id, folder }, body: { name } });

/** Says why they are fetched; from then on the archive's address gives them for a day. */
export const askFor = (id: number, folder: number, reason: string) =>
  act("POST /communities/{id}/leaving/{folder}/archive", {
    path: { id, folder },
    body: { reason },
  });

/** Where the browser fetches them, by itself: an archive may be larger than a page can hold. */
export const archiveAddress = (id: number, folder: number) =>
  addressOf("/communities/{id}/leaving/{folder}/archive", { id, folder });

/** Removes them so many days from now. */
export const keepFor = (id: number, folder: number, days: number) =>
  act("PUT /communities/{id}/leaving/{folder}", { path: { id, folder }, body: { days } });

/** Removes them now. */
export const removeNow = (id: number, folder: number) =>
  act("DELETE /communities/{id}/leaving/{folder}", { path: { id, folder } });
