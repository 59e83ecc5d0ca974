import { queryOptions } from "@tanstack/react-query";
import { act, readAt } from "./client";
import { communitiesQuery } from "./communities";
import { LIVE_MILLIS } from "./queries";
import type {
  EnvironmentBody,
  EnvironmentDetail,
  ProfileBody,
  ProfileDetail,
  Trial,
} from "./schema";

export type {
  Catalog,
  Choice,
  EnvironmentBody,
  EnvironmentDetail,
  FreeImage,
  ImportReport,
  Machine,
  Option,
  ProfileBody,
  ProfileDetail,
  Size,
  Trial,
} from "./schema";

export const catalogQuery = (id: number) =>
  queryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "catalog"],
    queryFn: ({ signal }) => readAt("/communities/{id}/catalog", { id }, signal),
    refetchInterval: LIVE_MILLIS,
  });

/** Makes the environment that has no number yet, or changes the one that has. */
export const saveEnvironment = (id: number, body: EnvironmentBody, there?: EnvironmentDetail) =>
  there
    ? act("PUT /communities/{id}/environments/{environment}", {
        path: { id, environment: there.id },
        body,
      })
    : act("POST /communities/{id}/environments", { path: { id }, body });

export const removeEnvironment = (id: number, { id: environment, version }: EnvironmentDetail) =>
  act("DELETE /communities/{id}/environments/{environment}", {
    path: { id, environment },
    query: { version },
  });

export const tryImage = (id: number, { id: environment }: EnvironmentDetail, image: string) =>
  act("POST /communities/{id}/environments/{environment}/trials", {
    path: { id, environment },
    body: { image },
  });

export const promoteTrial = (
  id: number,
  { id: environment }: EnvironmentDetail,
  { id: trial }: Trial,
) =>
  act("POST /communities/{id}/environments/{environment}/trials/{trial}/promote", {
    path: { id, environment, trial },
  });

export const goBack = (id: number, { id: environment }: EnvironmentDetail) =>
  act("POST /communities/{id}/environments/{environment}/back", { path: { id, environment } });

export const saveProfile = (id: number, body: ProfileBody, there?: ProfileDetail) =>
  there
    ? act("PUT /communities/{id}/profiles/{profile}", { path: { id, profile: there.id }, body })
    : act("POST /communities/{id}/profiles", { path: { id }, body });

export const removeProfile = (id: number, { id: profile, version }: ProfileDetail) =>
  act("DELETE /communities/{id}/profiles/{profile}", {
    path: { id, profile },
    query: { version },
  });

/** The first is what somebody gets who does not choose. */
export const orderProfiles = (id: number, ids: number[]) =>
  act("PUT /communities/{id}/profiles", { path: { id }, body: { ids } });

export const previewFor = (id: number, user: string) =>
  readAt("/communities/{id}/profiles/preview", { id }, undefined, { user });

export const importProfiles = (id: number, yaml: string, apply: boolean) =>
  act("POST /communities/{id}/profiles/import", { path: { id }, body: { yaml, apply } });
