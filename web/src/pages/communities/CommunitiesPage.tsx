import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { type CommunityDetail, communitiesQuery } from "../../api/communities";
import type { Me } from "../../api/me";
import { type Column, DataTable } from "../../components/DataTable";
import { LivePage } from "../../components/LivePage";
import { CommunityStateBadge } from "../../domain/CommunityStateBadge";
import { NewCommunityDialog } from "./dialogs";

const COLUMNS: Column<CommunityDetail>[] = [
  { header: "Community", cell: ({ id, title }) => <Link to={`/communities/${id}`}>{title}</Link> },
  { header: "Address", cell: ({ baseUrl, host, url }) => <a href={url}>{host ?? baseUrl}</a> },
  { header: "State", cell: ({ state }) => <CommunityStateBadge state={state} /> },
  { header: "Members", numeric: true, cell: ({ members }) => members },
  { header: "Servers", numeric: true, cell: ({ activeServers }) => activeServers },
];

/** Every community that the person here administers. */
export function CommunitiesPage({ me }: { me: Me }) {
  const communities = useQuery(communitiesQuery);
  const [making, setMaking] = useState(false);
  return (
    <LivePage
      title="Communities"
      query={communities}
      lead="Each has a hub, members, groups and limits of its own. All are on one host: the servers of one can reach the pages of another in the same browser, so give people you do not trust a platform of their own."
    >
      {({ items }) => (
        <>
          <DataTable
            caption="Communities"
            columns={COLUMNS}
            items={items}
            keyOf={(community) => community.id}
          />
          {me.admin && (
            <p>
              <button type="button" onClick={() => setMaking(true)}>
                New community
              </button>
            </p>
          )}
          {making && <NewCommunityDialog onDone={() => setMaking(false)} />}
        </>
      )}
    </LivePage>
  );
}
