import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./client";

/** How often a page that is looked at asks again; a hidden tab does not ask at all. */
export const LIVE_MILLIS = 5_000;

/**
 * The one cache of everything read from the platform.
 *
 * @param signedOut called when the session is over
 */
export function newQueryClient(signedOut: () => void): QueryClient {
  function onError(error: Error) {
    if (error instanceof ApiProblem && error.status === 401) signedOut();
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // A refusal stays a refusal; a platform that restarts is back within a second or two.
        retry: (failures, error) =>
          failures < 2 &&
          error instanceof ApiProblem &&
          (error.status === 0 || error.status >= 500),
        retryDelay: 1_000,
        // Browsers call a machine "offline" that reaches its own network very well.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}
