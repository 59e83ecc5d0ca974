import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CommunityDetail, type Group, groupsQuery, limitGroup } from "../../api/communities";
import { type Column, DataTable } from "../../components/DataTable";
import { ProblemNote } from "../../components/ProblemNote";
import { NamedServersDialog } from "./NamedServersDialog";

/** The groups of a community, where it has any, and what each of them may have. */
export function Groups({ community, platform }: { community: CommunityDetail; platform: boolean }) {
  const groups = useInfiniteQuery(groupsQuery(community.id));
  const [limiting, setLimiting] = useState<Group>();
  const items = groups.data?.pages.flatMap((page) => page.items) ?? [];
  if (groups.isPending || (items.length === 0 && !groups.error)) return null;
  return (
    <section>
      <h2>Groups</h2>
      {groups.error && <ProblemNote problem={groups.error} />}
      <DataTable
        caption="Groups"
        columns={columns(platform ? setLimiting : undefined)}
        items={items}
        keyOf={(group) => group.id}
      />
      {groups.hasNextPage && (
        <div className="actions actions-start">
          <button type="button" onClick={() => void groups.fetchNextPage()}>
            Show more groups
          </button>
        </div>
      )}
      {limiting && (
        <NamedServersDialog
          who={limiting.name}
          at={limiting.namedServers}
          hint="Empty: what the community says. Of several groups the one that allows most counts."
          save={(namedServers) => limitGroup(community.id, limiting, namedServers)}
          onDone={() => setLimiting(undefined)}
        />
      )}
    </section>
  );
}

function columns(limit?: (group: Group) => void): Column<Group>[] {
  const all: Column<Group>[] = [
    { header: "Name", cell: ({ name }) => name },
    { header: "Users", cell: ({ users }) => users, numeric: true },
    { header: "Named servers each", cell: ({ namedServers }) => namedServers ?? "as all" },
  ];
  if (limit) {
    all.push({
      header: "Actions",
      cell: (group) => (
        <button
          type="button"
          aria-label={`Limit named servers: ${group.name}`}
          onClick={() => limit(group)}
        >
          Limit named servers
        </button>
      ),
    });
  }
  return all;
}
