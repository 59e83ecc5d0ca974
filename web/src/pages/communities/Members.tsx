import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  addMember,
  type CommunityDetail,
  inviteMember,
  limitMember,
  type Member,
  membersQuery,
  removeMember,
  setManager,
} from "../../api/communities";
import type { PasswordLink } from "../../api/people";
import { Badge } from "../../components/Badge";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { type Column, DataTable } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { Loading } from "../../components/Loading";
import { ProblemNote } from "../../components/ProblemNote";
import { When } from "../../components/When";
import { PasswordLinkDialog } from "../../domain/PasswordLinkDialog";
import { useChange } from "../../domain/useChange";
import { ImportDialog } from "./ImportDialog";
import { NamedServersDialog } from "./NamedServersDialog";

/** Who belongs to a community and who manages it. */
export function Members({
  community,
  platform,
}: {
  community: CommunityDetail;
  platform: boolean;
}) {
  const members = useInfiniteQuery(membersQuery(community.id));
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Member>();
  const [limiting, setLimiting] = useState<Member>();
  const [importing, setImporting] = useState(false);
  const [link, setLink] = useState<PasswordLink>();
  const invite = useChange(async (member: Member) => {
    setLink(await inviteMember(community.id, member));
  }, "A link is made.");
  const role = useChange(
    (member: Member) => setManager(community.id, member, !member.manager),
    "The role is changed.",
  );
  if (members.isPending) return <Loading what="members" />;
  return (
    <section>
      <h2>Members</h2>
      {members.error && <ProblemNote problem={members.error} />}
      <DataTable
        caption="Members"
        columns={columns({
          invite: (member) => invite.mutate(member),
          role: (member) => role.mutate(member),
          limit: platform ? setLimiting : undefined,
          remove: setRemoving,
        })}
        items={members.data?.pages.flatMap((page) => page.items) ?? []}
        keyOf={(member) => member.id}
      />
      {role.error && <ProblemNote problem={role.error} />}
      {invite.error && <ProblemNote problem={invite.error} />}
      <div className="actions actions-start">
        <button type="button" onClick={() => setAdding(true)}>
          Add a member
        </button>
        <button type="button" onClick={() => setImporting(true)}>
          Add many people
        </button>
        {members.hasNextPage && (
          <button type="button" onClick={() => void members.fetchNextPage()}>
            Show more members
          </button>
        )}
      </div>
      {adding && <AddDialog id={community.id} onLink={setLink} onDone={() => setAdding(false)} />}
      {importing && <ImportDialog id={community.id} onDone={() => setImporting(false)} />}
      {link && <PasswordLinkDialog link={link} onClose={() => setLink(undefined)} />}
      {limiting && (
        <NamedServersDialog
          who={limiting.name}
          at={limiting.namedServers}
          hint="Empty: what their groups and the community say. 0 turns named servers off."
          save={(namedServers) => limitMember(community.id, limiting, namedServers)}
          onDone={() => setLimiting(undefined)}
        />
      )}
      {removing && (
        <RemoveDialog
          community={community}
          member={removing}
          onDone={() => setRemoving(undefined)}
        />
      )}
    </section>
  );
}

function columns(on: {
  invite: (member: Member) => void;
  role: (member: Member) => void;
  limit?: (member: Member) => void;
  remove: (member: Member) => void;
}): Column<Member>[] {
  const { limit } = on;
  return [
    { header: "Name", cell: ({ name }) => name },
    { header: "Role", cell: (member) => <Role member={member} /> },
    {
      header: "Last seen",
      cell: ({ lastActivityAt }) => <When at={lastActivityAt} />,
    },
    { header: "Member since", cell: ({ joinedAt }) => <When at={joinedAt} /> },
    { header: "Named servers", cell: ({ namedServers }) => namedServers ?? "as all" },
    {
      header: "Actions",
      cell: (member) => (
        <div className="actions actions-start">
          {(!member.lastActivityAt || limit) && (
            <button
              type="button"
              aria-label={`${linkAction(member)}: ${member.name}`}
              onClick={() => on.invite(member)}
            >
              {linkAction(member)}
            </button>
          )}
          <button
            type="button"
            aria-label={`${roleAction(member)}: ${member.name}`}
            onClick={() => on.role(member)}
          >
            {roleAction(member)}
          </button>
          {limit && (
            <button
              type="button"
              aria-label={`Limit named servers: ${member.name}`}
              onClick={() => limit(member)}
            >
              Limit named servers
            </button>
          )}
          <button
            type="button"
            aria-label={`Remove: ${member.name}`}
            onClick={() => on.remove(member)}
          >
            Remove
          </button>
        </div>
      ),
    },
  ];
}

function Role({ member }: { member: Member }) {
  if (member.administrator) return <Badge tone="busy">Administrator</Badge>;
  if (member.manager) return <Badge tone="busy">Manager</Badge>;
  return <Badge tone="plain">Member</Badge>;
}

function roleAction({ manager }: Member): string {
  return manager ? "Take the role away" : "Make manager";
}

/** Who was never here is invited; others have forgotten their password. */
function linkAction({ lastActivityAt }: Member): string {
  return lastActivityAt ? "New password link" : "Invite";
}

function AddDialog(props: {
  id: number;
  onLink: (link: PasswordLink) => void;
  onDone: () => void;
}) {
  const { id, onLink, onDone } = props;
  const add = useChange(
    async (body: { name: string; manager: boolean }) => {
      const { invitation } = await addMember(id, body);
      if (invitation) onLink(invitation);
    },
    "The member is added.",
    onDone,
  );
  return (
    <FormDialog
      title="Add a member"
      submit="Add"
      busy={add.isPending}
      problem={add.error}
      onSubmit={(fields) =>
        add.mutate({ name: String(fields.get("name")), manager: fields.has("manager") })
      }
      onCancel={onDone}
    >
      <Field
        label="User name"
        name="name"
        required
        hint="Somebody new gets an account, and a link to choose a password."
      />
      <label className="tick">
        <input type="checkbox" name="manager" />
        Manages this community
      </label>
    </FormDialog>
  );
}

function RemoveDialog(props: { community: CommunityDetail; member: Member; onDone: () => void }) {
  const { community, member, onDone } = props;
  const remove = useChange(
    () => removeMember(community.id, member),
    `${member.name} is no longer a member.`,
    onDone,
  );
  return (
    <ConfirmDialog
      title={`Remove ${member.name} from ${community.title}?`}
      confirm="Remove the member"
      busy={remove.isPending}
      onConfirm={() => remove.mutate(undefined)}
      onCancel={onDone}
    >
      <p>
        Their servers here stop and they can no longer enter. Their account and their other
        communities stay. Their files here are closed and kept for a while; the page Storage says
        until when, and brings them back.
      </p>
      {remove.error && <ProblemNote problem={remove.error} />}
    </ConfirmDialog>
  );
}
