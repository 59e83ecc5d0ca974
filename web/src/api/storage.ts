import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { act, read, readAt } from "./client";
import { communitiesQuery } from "./communities";
import { LIVE_MILLIS } from "./queries";
import type { Folder, Pool, Rule } from "./schema";

export type { Folder, FolderPage, Pool, Rule } from "./schema";

export type Disk = Pool["disks"][number];

export type Kind = "HOME" | "SHARED" | "GROUP" | "SCRATCH";

export type Scope = Rule["scope"];

/** For whom a limit is; a group and a user have a name, a folder has a number. */
export type Subject = { scope: Scope; name?: string; folder?: number };

/** What a rule says; null says nothing, 0 is no limit. */
export type Decision = {
  bytes: number | null;
  bytesWarning: number | null;
  inodes: number | null;
  inodesWarning: number | null;
};

export const NOTHING: Decision = {
  bytes: null,
  bytesWarning: null,
  inodes: null,
  inodesWarning: null,
};

export const poolQuery = queryOptions({
  queryKey: [...communitiesQuery.queryKey, "pool"],
  queryFn: ({ signal }) => read("/storage/pool", signal),
  refetchInterval: LIVE_MILLIS,
});

export const growPool = (bytes: number) => act("POST /storage/pool/grow", { body: { bytes } });

export const foldersQuery = (id: number, kind: Kind) =>
  infiniteQueryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "folders", kind],
    queryFn: ({ signal, pageParam }) =>
      readAt("/communities/{id}/folders", { id }, signal, { kind, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LIVE_MILLIS,
  });

/** Gives a group a folder. */
export const makeGroupFolder = (id: number, group: string) =>
  act("POST /communities/{id}/folders", { path: { id }, body: { group } });

/** Decides, or takes the decision back when it says nothing. */
export const decideLimit = (
  id: number,
  kind: Kind,
  { scope, name, folder }: Subject,
  decision: Decision,
  version: number,
) =>
  act("PUT /communities/{id}/limits", {
    path: { id },
    body: { kind, scope: scope as "USER", name, folder, ...decision, version },
  });

/** The rule for this subject among those there are. */
export const ruleFor = (rules: Rule[], subject: Subject): Rule | undefined =>
  rules.find(
    (rule) =>
      rule.scope === subject.scope &&
      (subject.scope === "COMMUNITY" ||
        (subject.scope === "FOLDER"
          ? rule.subject === subject.folder
          : rule.name === subject.name)),
  );

/** Whose decision is changed when somebody changes the limit of this folder. */
export function subjectOf(kind: Kind, folder: Folder): Subject {
  const own = [folder.bytesLimit.from, folder.inodesLimit.from].includes("FOLDER");
  if (own || kind === "SHARED" || folder.owner === null) {
    return { scope: "FOLDER", folder: folder.id };
  }
  return { scope: kind === "GROUP" ? "GROUP" : "USER", name: folder.owner };
}
