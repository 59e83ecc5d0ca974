import { queryOptions } from "@tanstack/react-query";
import { act, read, readAt } from "./client";
import { communitiesQuery } from "./communities";
import { LIVE_MILLIS } from "./queries";
import type {
  EntryRequest,
  EntryRuleBody,
  Provider,
  ProviderBody,
  SecondFactorRuleBody,
} from "./schema";

export type {
  AcceptedProvider,
  EntryRequest,
  EntryRule,
  EntryRuleBody,
  Provider,
  ProviderBody,
  ProviderSettings,
  SecondFactorRule,
} from "./schema";

/** Below the communities, so that a change there or here has both read again. */
export const providersQuery = queryOptions({
  queryKey: [...communitiesQuery.queryKey, "providers"],
  queryFn: ({ signal }) => read("/sign-in/providers", signal),
  refetchInterval: LIVE_MILLIS,
});

/** Keeps nothing. */
export const checkProvider = (body: ProviderBody) => act("POST /sign-in/check", { body });

/** New without a provider; else a change of it, which does not count yet. */
export const saveProvider = (provider: Provider | undefined, body: ProviderBody) =>
  provider
    ? act("PUT /sign-in/providers/{provider}", { path: { provider: provider.id }, body })
    : act("POST /sign-in/providers", { body });

const STEPS = {
  activate: "POST /sign-in/providers/{provider}/activate",
  discard: "POST /sign-in/providers/{provider}/discard",
  undo: "POST /sign-in/providers/{provider}/undo",
  enable: "POST /sign-in/providers/{provider}/enable",
  disable: "POST /sign-in/providers/{provider}/disable",
  remove: "POST /sign-in/providers/{provider}/remove",
} as const;

/** What can be done with a provider as it was looked at. */
export type Step = keyof typeof STEPS;

export const step = ({ id, version }: Provider, which: Step): Promise<unknown> =>
  act(STEPS[which], { path: { provider: id }, body: { version } });

/** By a directory, which has no page of its own. */
export const tryDirectory = ({ id }: Provider, body: { name: string; password: string }) =>
  act("POST /sign-in/providers/{provider}/trial", { path: { provider: id }, body });

export const communitySignInQuery = (id: number) =>
  queryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "sign-in"],
    queryFn: ({ signal }) => readAt("/communities/{id}/sign-in", { id }, signal),
    refetchInterval: LIVE_MILLIS,
  });

export const acceptProvider = (id: number, provider: number, body: EntryRuleBody) =>
  act("PUT /communities/{id}/sign-in/providers/{provider}", { path: { id, provider }, body });

export const acceptNoMore = (id: number, provider: number) =>
  act("DELETE /communities/{id}/sign-in/providers/{provider}", { path: { id, provider } });

export const answerRequest = (id: number, { id: request }: EntryRequest, admit: boolean) =>
  admit
    ? act("POST /communities/{id}/sign-in/requests/{request}/admit", { path: { id, request } })
    : act("POST /communities/{id}/sign-in/requests/{request}/refuse", { path: { id, request } });

/** Who must have a second factor. */
export const factorRuleQuery = queryOptions({
  queryKey: [...communitiesQuery.queryKey, "second-factor"],
  queryFn: ({ signal }) => read("/sign-in/second-factor", signal),
});

export const changeFactorRule = (body: SecondFactorRuleBody) =>
  act("PUT /sign-in/second-factor", { body });
