import { infiniteQueryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type { Person } from "./schema";

export const peopleQuery = infiniteQueryOptions({
  queryKey: ["people"],
  queryFn: ({ signal, pageParam }) => read("/people", signal, { offset: pageParam }),
  initialPageParam: 0,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: LIVE_MILLIS,
});
