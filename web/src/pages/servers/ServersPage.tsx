import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Me } from "../../api/me";
import { type Server, serversQuery } from "../../api/servers";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { bytes } from "../../components/format";
import { LivePage } from "../../components/LivePage";
import { Reference } from "../../components/Reference";
import { Nothing, When } from "../../components/When";
import { ServerStateBadge } from "../../domain/ServerStateBadge";
import { Announcements } from "./Announcements";
import { StopServerDialog } from "./StopServerDialog";

/** Every server of every person: what it does now, why it ended, and a way to stop it. */
export function ServersPage({ me }: { me: Me }) {
  const servers = useQuery(serversQuery);
  const [stopping, setStopping] = useState<Server>();
  return (
    <LivePage title="Servers" query={servers} lead="One row for each server a person has started.">
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <NoServers />
          ) : (
            <DataTable
              caption="Servers"
              columns={columns(setStopping)}
              items={items}
              keyOf={(server) => server.id}
            />
          )}
          <Announcements me={me} />
          {stopping && <StopServerDialog server={stopping} onDone={() => setStopping(undefined)} />}
        </>
      )}
    </LivePage>
  );
}

function NoServers() {
  return (
    <EmptyState title="No server has been started yet">
      <p>
        A person signs in, presses “Start my server” on their home page, and gets a container of
        their own. It then appears here, with what it uses and when it was last used.
      </p>
      <p>
        <a href="/hub/home">Start your own from your home page</a>
      </p>
    </EmptyState>
  );
}

function columns(stop: (server: Server) => void): Column<Server>[] {
  return [
    { header: "Server", cell: (server) => <ServerName server={server} /> },
    { header: "State", cell: (server) => <State server={server} /> },
    { header: "Started", cell: (server) => <When at={server.startedAt} /> },
    { header: "Last used", cell: (server) => <When at={server.lastActivityAt} /> },
    { header: "Image", cell: (server) => <Image of={server} /> },
    {
      header: "Memory limit",
      numeric: true,
      cell: (server) => (server.memoryBytes ? bytes(server.memoryBytes) : <Nothing>none</Nothing>),
    },
    {
      header: "Action",
      cell: (server) =>
        server.state === "READY" || server.state === "SPAWNING" ? (
          <button type="button" aria-label={`Stop ${nameOf(server)}`} onClick={() => stop(server)}>
            Stop
          </button>
        ) : (
          <Nothing>none</Nothing>
        ),
    },
  ];
}

function ServerName({ server }: { server: Server }) {
  return server.url && server.state === "READY" ? (
    <a href={server.url}>{nameOf(server)}</a>
  ) : (
    nameOf(server)
  );
}

function State({ server }: { server: Server }) {
  const why = server.failure ?? server.stopReason;
  return (
    <>
      <ServerStateBadge state={server.state} asleep={server.asleep} />
      {server.asleep && (
        <p className="quiet small">
          Nobody has used it for a while. It goes on when somebody does.
        </p>
      )}
      {why && <p className="quiet small">{why}</p>}
    </>
  );
}

function Image({ of: { image } }: { of: Server }) {
  return image ? <Reference>{image}</Reference> : <Nothing>none</Nothing>;
}

function nameOf(server: Server): string {
  return server.name === "" ? server.user : `${server.user} / ${server.name}`;
}
