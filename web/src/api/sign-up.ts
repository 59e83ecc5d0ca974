import { queryOptions } from "@tanstack/react-query";
import { act, readAt } from "./client";
import { communitiesQuery } from "./communities";
import { LIVE_MILLIS } from "./queries";
import type { SignUpEvent, SignUpEventBody } from "./schema";

export type { SignUpEvent, SignUpEventMade } from "./schema";

export const signUpQuery = (id: number) =>
  queryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "sign-up"],
    queryFn: ({ signal }) => readAt("/communities/{id}/sign-up", { id }, signal),
    refetchInterval: LIVE_MILLIS,
  });

export const changeSignUp = (id: number, byRequest: boolean) =>
  act("PUT /communities/{id}/sign-up", { path: { id }, body: { byRequest } });

/** Answers the code, this once. */
export const addEvent = (id: number, body: SignUpEventBody) =>
  act("POST /communities/{id}/sign-up/events", { path: { id }, body });

export const endEvent = (id: number, { id: event }: SignUpEvent) =>
  act("POST /communities/{id}/sign-up/events/{event}/end", { path: { id, event } });
