import { queryOptions } from "@tanstack/react-query";
import { read } from "./client";
import { LIVE_MILLIS } from "./queries";

export type Profile = { name: string; memoryBytes: number; cpus: number };

/** A curated image and the sizes a user may pick. Without `imageId` the image is not on this machine. */
export type Environment = {
  id: number;
  name: string;
  image: string;
  imageId?: string | null;
  profiles: Profile[];
};

export const environmentsQuery = queryOptions({
  queryKey: ["environments"],
  queryFn: ({ signal }) => read<{ items: Environment[] }>("/environments", signal),
  refetchInterval: LIVE_MILLIS,
});
