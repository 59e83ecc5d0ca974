import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CommunityDetail, type Group, groupsQuery, limitGroup } from "../../api/communities";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Loading } from "../../components/Loading";
import { ProblemNote } from "../../components/ProblemNote";
import { FollowsDialog } from "./FollowsDialog";
import { NamedServersDialog } from "./NamedServersDialog";
import { NewGroupDialog } from "./NewGroupDialog";

type Asking = { what: "new" } | { what: "limit" | "follows"; group: Group };

/** The groups of a community, what each of them may have, and who fills them. */
export function Groups({ community, platform }: { community: CommunityDetail; platform: boolean }) {
  const groups = useInfiniteQuery(groupsQuery(community.id));
  const [asking, setAsking] = useState<Asking>();
  const done = () => setAsking(undefined);
  const items = groups.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section>
      <h2>Groups</h2>
      {groups.isPending && <Loading what="groups" />}
      {groups.error && <ProblemNote problem={groups.error} />}
      {groups.data && items.length === 0 && (
        <EmptyState title="No group yet">
          <p>
            A group has a folder that its people share, can have profiles of its own, and can follow
            a group at your institution.
          </p>
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          caption="Groups"
          columns={columns(setAsking, platform)}
          items={items}
          keyOf={(group) => group.id}
        />
      )}
      <div className="actions actions-start">
        <button type="button" onClick={() => setAsking({ what: "new" })}>
          New group
        </button>
        {groups.hasNextPage && (
          <button type="button" onClick={() => void groups.fetchNextPage()}>
            Show more groups
          </button>
        )}
      </div>
      {asking && <Dialog asking={asking} community={community.id} onDone={done} />}
    </section>
  );
}

function Dialog(props: { asking: Asking; community: number; onDone: () => void }) {
  const { asking, community, onDone } = props;
  if (asking.what === "new") return <NewGroupDialog community={community} onDone={onDone} />;
  const { group } = asking;
  if (asking.what === "follows") {
    return <FollowsDialog community={community} group={group} onDone={onDone} />;
  }
  return (
    <NamedServersDialog
      who={group.name}
      at={group.namedServers}
      hint="Empty: what the community says. Of several groups the one that allows most counts."
      save={(namedServers) => limitGroup(community, group, namedServers)}
      onDone={onDone}
    />
  );
}

function columns(ask: (asking: Asking) => void, platform: boolean): Column<Group>[] {
  return [
    { header: "Name", cell: ({ name }) => name },
    { header: "Users", cell: ({ users }) => users, numeric: true },
    { header: "Named servers each", cell: ({ namedServers }) => namedServers ?? "as all" },
    {
      header: "Follows",
      cell: ({ follows }) =>
        follows.length === 0 ? "nothing" : follows.map(({ group }) => group).join(", "),
    },
    {
      header: "Actions",
      cell: (group) => (
        <>
          <button
            type="button"
            aria-label={`Follow a provider’s group: ${group.name}`}
            onClick={() => ask({ what: "follows", group })}
          >
            Follow
          </button>{" "}
          {platform && (
            <button
              type="button"
              aria-label={`Limit named servers: ${group.name}`}
              onClick={() => ask({ what: "limit", group })}
            >
              Limit named servers
            </button>
          )}
        </>
      ),
    },
  ];
}
