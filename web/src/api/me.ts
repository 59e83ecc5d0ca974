import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";

export type { Community, Me } from "./schema";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => read("/me", signal),
  staleTime: 60_000,
});
