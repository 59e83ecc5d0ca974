import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type { Overview } from "./schema";

export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => read("/overview", signal),
  refetchInterval: LIVE_MILLIS,
});
