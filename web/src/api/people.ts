import { infiniteQueryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type Person = {
  id: number;
  name: string;
  admin: boolean;
  createdAt: string;
  lastActivityAt?: string | null;
};

/** `next` is the offset of the following page; absent on the last one. */
type PeoplePage = { items: Person[]; next?: number | null };

export const peopleQuery = infiniteQueryOptions({
  queryKey: ["people"],
  queryFn: ({ signal, pageParam }) => read<PeoplePage>(`/people?offset=${pageParam}`, signal),
  initialPageParam: 0,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: LIVE_MILLIS,
});
