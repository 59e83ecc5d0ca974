import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type { Environment, Profile } from "./schema";

export const environmentsQuery = queryOptions({
  queryKey: ["environments"],
  queryFn: ({ signal }) => read("/environments", signal),
  refetchInterval: LIVE_MILLIS,
});
