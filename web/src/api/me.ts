import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";

export type Community = { id: number; name: string; title: string; baseUrl: string };

export type Me = { name: string; admin: boolean; communities: Community[] };

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => read<Me>("/me", signal),
  staleTime: 60_000,
});
