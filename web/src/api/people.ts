import { infiniteQueryOptions } from "@tanstack/react-query";
import { act, read } from "./client";
import { LIVE_MILLIS } from "./queries";
import type { Person } from "./schema";

export type { PasswordLink, Person } from "./schema";

export const peopleQuery = infiniteQueryOptions({
  queryKey: ["people"],
  queryFn: ({ signal, pageParam }) => read("/people", signal, { offset: pageParam }),
  initialPageParam: 0,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: LIVE_MILLIS,
});

/** A link with which they choose a new password. */
export const linkFor = (person: Person) =>
  act("POST /people/{user}/password-link", { path: { user: person.id } });

/** Of somebody who has lost it; they read the reason. */
export const takeFactorAway = (person: Person, reason: string) =>
  act("POST /people/{user}/take-factor-away", { path: { user: person.id }, body: { reason } });
