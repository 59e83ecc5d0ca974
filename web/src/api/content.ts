import { queryOptions } from "@tanstack/react-query";
import { act, readAt } from "./client";
import { communitiesQuery } from "./communities";
import type { Content as ContentLine } from "./schema";

export type { Content as ContentLine } from "./schema";

export type ContentBody = {
  profile: number | null;
  url: string;
  reference: string;
  folder: string;
  deployKey: boolean;
};

/** Repositories whose files people of the community get into their homes. */
export const contentQuery = (id: number) =>
  queryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "content"],
    queryFn: ({ signal }) => readAt("/communities/{id}/content", { id }, signal),
  });

/** Attaches the repository that has no number yet, or changes the one that has. */
export const saveContent = (id: number, body: ContentBody, there?: ContentLine) =>
  there
    ? act("PUT /communities/{id}/content/{content}", { path: { id, content: there.id }, body })
    : act("POST /communities/{id}/content", { path: { id }, body });

export const removeContent = (id: number, { id: content }: ContentLine) =>
  act("DELETE /communities/{id}/content/{content}", { path: { id, content } });
