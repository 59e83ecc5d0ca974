import { useMutation, useQueryClient } from "@tanstack/react-query";
import { communitiesQuery } from "../api/communities";
import { meQuery } from "../api/me";
import { useAnnounce } from "../components/Announcer";

/** A change of a community or of what is in it: what was read before is read again, and the person hears what happened. */
export function useChange<I>(
  change: (input: I) => Promise<unknown>,
  said: string,
  done?: () => void,
) {
  const cache = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      announce(said);
      void cache.invalidateQueries(communitiesQuery); // and what is below it
      void cache.invalidateQueries(meQuery);
      done?.();
    },
  });
}
