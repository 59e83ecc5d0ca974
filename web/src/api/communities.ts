import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { act, read, readAt } from "./client";
import { LIVE_MILLIS } from "./queries";
import type { CommunityDetail, Group, Limits, Member } from "./schema";

export type {
  CommunityDetail,
  Ends as EndsLine,
  EndsBounds,
  EndsTime,
  EndsView,
  Group,
  Limits,
  Member,
  Roster,
} from "./schema";

export const communitiesQuery = queryOptions({
  queryKey: ["communities"],
  queryFn: ({ signal }) => read("/communities", signal),
  refetchInterval: LIVE_MILLIS,
});

export const createCommunity = (body: { name: string; title: string }) =>
  act("POST /communities", { body });

/** A change is refused when somebody else changed the community since it was read. */
export const changeCommunity = (
  { id, version }: CommunityDetail,
  change: { title?: string; limits?: Limits },
) => act("PATCH /communities/{id}", { path: { id }, body: { version, ...change } });

export const renameCommunity = ({ id, version }: CommunityDetail, name: string) =>
  act("POST /communities/{id}/rename", { path: { id }, body: { version, name } });

/** An empty host is the platform's. */
export const setHost = ({ id, version }: CommunityDetail, host: string) =>
  act("POST /communities/{id}/host", { path: { id }, body: { version, host } });

export const pauseCommunity = (
  { id, version }: CommunityDetail,
  how: { notice: string; stopServers: boolean },
) => act("POST /communities/{id}/pause", { path: { id }, body: { version, ...how } });

export const resumeCommunity = ({ id, version }: CommunityDetail) =>
  act("POST /communities/{id}/resume", { path: { id }, body: { version } });

export const deleteCommunity = ({ id, version }: CommunityDetail) =>
  act("POST /communities/{id}/delete", { path: { id }, body: { version } });

export const restoreCommunity = ({ id, version }: CommunityDetail) =>
  act("POST /communities/{id}/restore", { path: { id }, body: { version } });

export const releaseAddress = ({ id }: CommunityDetail, baseUrl: string) =>
  act("POST /communities/{id}/release", { path: { id }, body: { baseUrl } });

export const membersQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "members"],
    queryFn: ({ signal, pageParam }) =>
      readAt("/communities/{id}/members", { id }, signal, { offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LIVE_MILLIS,
  });

export const addMember = (id: number, body: { name: string; manager: boolean }) =>
  act("POST /communities/{id}/members", { path: { id }, body });

/** Looks at a list of people, or makes them members. */
export const importMembers = (id: number, csv: string, apply: boolean) =>
  act("POST /communities/{id}/members/import", { path: { id }, body: { csv, apply } });

/** A link with which they choose their password. */
export const inviteMember = (id: number, member: Member) =>
  act("POST /communities/{id}/members/{user}/invitation", { path: { id, user: member.id } });

export const setManager = (id: number, member: Member, manager: boolean) =>
  act("PUT /communities/{id}/members/{user}", {
    path: { id, user: member.id },
    body: { manager },
  });

export const removeMember = (id: number, member: Member) =>
  act("DELETE /communities/{id}/members/{user}", { path: { id, user: member.id } });

export const groupsQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "groups"],
    queryFn: ({ signal, pageParam }) =>
      readAt("/communities/{id}/groups", { id }, signal, { offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LIVE_MILLIS,
  });

export const createGroup = (id: number, name: string) =>
  act("POST /communities/{id}/groups", { path: { id }, body: { name } });

/** Which groups at providers fill it. */
export const decideFollows = (id: number, group: Group, follows: Group["follows"]) =>
  act("PUT /communities/{id}/groups/{group}/follows", {
    path: { id, group: group.id },
    body: { follows },
  });

/** When servers end by themselves, and whose decision that is. */
export const endsQuery = (id: number) =>
  queryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "ends"],
    queryFn: ({ signal }) => readAt("/communities/{id}/ends", { id }, signal),
  });

/** Null leaves a time to the next above; without a profile it is decided for the community. */
export const decideEnds = (id: number, profile: number | null, body: EndsDecision) =>
  profile === null
    ? act("PUT /communities/{id}/ends", { path: { id }, body })
    : act("PUT /communities/{id}/profiles/{profile}/ends", { path: { id, profile }, body });

export type EndsDecision = {
  cullAfterSeconds: number | null;
  maxAgeSeconds: number | null;
  keepAtMostSeconds: number | null;
  freezeAfterSeconds: number | null;
};

/** Null leaves it to the member's groups and the community. */
export const limitMember = (id: number, member: Member, namedServers: number | null) =>
  act("PUT /communities/{id}/members/{user}/named-servers", {
    path: { id, user: member.id },
    body: { namedServers },
  });

/** Null leaves it to the community. */
export const limitGroup = (id: number, group: Group, namedServers: number | null) =>
  act("PUT /communities/{id}/groups/{group}/named-servers", {
    path: { id, group: group.id },
    body: { namedServers },
  });
