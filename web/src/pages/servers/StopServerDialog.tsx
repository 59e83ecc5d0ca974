import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Server, serversQuery, stopServer } from "../../api/servers";
import { useAnnounce } from "../../components/Announcer";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ProblemNote } from "../../components/ProblemNote";

/** Stops one server after saying what that costs the person who uses it. */
export function StopServerDialog({ server, onDone }: { server: Server; onDone: () => void }) {
  const cache = useQueryClient();
  const announce = useAnnounce();
  const owner = server.user;
  const stop = useMutation({
    mutationFn: stopServer,
    onSuccess: () => {
      announce(`The server of ${owner} is stopping.`);
      void cache.invalidateQueries(serversQuery);
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={`Stop the server of ${owner}?`}
      confirm="Stop the server"
      busy={stop.isPending}
      onConfirm={() => stop.mutate(server)}
      onCancel={onDone}
    >
      <p>
        Running code ends and notebooks lose what was not saved. Saved files stay, and {owner} can
        start the server again.
      </p>
      {stop.error && <ProblemNote problem={stop.error} />}
    </ConfirmDialog>
  );
}
