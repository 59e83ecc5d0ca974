import { queryOptions } from "@tanstack/react-query";
import { act, follow, readAt } from "./client";
import { communitiesQuery } from "./communities";
import { LIVE_MILLIS } from "./queries";
import type { Build, SourceBody } from "./schema";

export type { Build, Source, SourceBody } from "./schema";

/** Below the community, so that a change there has it read again. */
export const buildsQuery = (id: number) =>
  queryOptions({
    queryKey: [...communitiesQuery.queryKey, id, "builds"],
    queryFn: ({ signal }) => readAt("/communities/{id}/builds", { id }, signal),
    refetchInterval: LIVE_MILLIS,
  });

export const saveSource = (id: number, environment: number, body: SourceBody) =>
  act("PUT /communities/{id}/environments/{environment}/source", {
    path: { id, environment },
    body,
  });

export const removeSource = (id: number, environment: number) =>
  act("DELETE /communities/{id}/environments/{environment}/source", { path: { id, environment } });

export const buildNow = (id: number, environment: number) =>
  act("POST /communities/{id}/environments/{environment}/builds", { path: { id, environment } });

export const cancelBuild = (id: number, environment: number, { id: build }: Build) =>
  act("POST /communities/{id}/environments/{environment}/builds/{build}/cancel", {
    path: { id, environment, build },
  });

/** Hands over the log from its beginning, as it grows; ends with the build. */
export const followLog = (
  id: number,
  environment: number,
  build: number,
  onText: (text: string) => void,
  signal: AbortSignal,
) =>
  follow(
    "/communities/{id}/environments/{environment}/builds/{build}/log",
    { id, environment, build },
    (event) => {
      const { text } = event as { text?: unknown };
      if (typeof text === "string") onText(text);
    },
    signal,
  );
