import {
  type CommunityDetail,
  changeCommunity,
  createCommunity,
  deleteCommunity,
  type Limits,
  pauseCommunity,
  renameCommunity,
  setHost,
} from "../../api/communities";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { ProblemNote } from "../../components/ProblemNote";
import { useChange } from "../../domain/useChange";

type Props = { community: CommunityDetail; onDone: () => void };

const NAME_HINT = "Lower-case letters, digits and dashes. Its address on this host becomes /name/.";

export function NewCommunityDialog({ onDone }: { onDone: () => void }) {
  const create = useChange(createCommunity, "The community is there.", onDone);
  return (
    <FormDialog
      title="New community"
      submit="Make the community"
      busy={create.isPending}
      problem={create.error}
      onSubmit={(fields) =>
        create.mutate({ name: text(fields, "name"), title: text(fields, "title") })
      }
      onCancel={onDone}
    >
      <Field label="Name" name="name" required hint={NAME_HINT} />
      <Field label="Title" name="title" required hint="What people read on its pages." />
    </FormDialog>
  );
}

export function TitleDialog({ community, onDone }: Props) {
  const change = useChange(
    (title: string) => changeCommunity(community, { title }),
    "The title is changed.",
    onDone,
  );
  return (
    <FormDialog
      title={`Title of ${community.title}`}
      submit="Save"
      busy={change.isPending}
      problem={change.error}
      onSubmit={(fields) => change.mutate(text(fields, "title"))}
      onCancel={onDone}
    >
      <Field label="Title" name="title" required defaultValue={community.title} />
    </FormDialog>
  );
}

export function HostDialog({ community, onDone }: Props) {
  const change = useChange(
    (host: string) => setHost(community, host),
    "The host is changed.",
    onDone,
  );
  return (
    <FormDialog
      title={`Host of ${community.title}`}
      submit="Save"
      busy={change.isPending}
      problem={change.error}
      onSubmit={(fields) => change.mutate(text(fields, "host"))}
      onCancel={onDone}
    >
      <p>
        With a host of its own the community is at / there, and links to {community.baseUrl} lead
        on. The name must lead to this machine in the DNS and stand in its certificate first.
        Nothing may run in the community while the host is changed.
      </p>
      <Field
        label="Host"
        name="host"
        defaultValue={community.host ?? ""}
        hint="Such as maths.example.org. Empty: below the platform's address."
      />
    </FormDialog>
  );
}

export function LimitsDialog({ community, onDone }: Props) {
  const change = useChange(
    (limits: Limits) => changeCommunity(community, { limits }),
    "The limits are changed.",
    onDone,
  );
  const { limits } = community;
  return (
    <FormDialog
      title={`Limits of ${community.title}`}
      submit="Save"
      busy={change.isPending}
      problem={change.error}
      onSubmit={(fields) =>
        change.mutate({
          maxSpawning: whole(fields, "maxSpawning"),
          maxActive: whole(fields, "maxActive"),
          namedPerUser: whole(fields, "namedPerUser"),
        })
      }
      onCancel={onDone}
    >
      <p>An empty field leaves what the platform's settings say.</p>
      <LimitField label="Servers that start at once" name="maxSpawning" at={limits.maxSpawning} />
      <LimitField label="Servers that run at once" name="maxActive" at={limits.maxActive} />
      <LimitField
        label="Named servers of each person"
        name="namedPerUser"
        at={limits.namedPerUser}
      />
    </FormDialog>
  );
}

function LimitField(props: { label: string; name: string; at: number | null }) {
  return (
    <Field
      label={props.label}
      name={props.name}
      type="number"
      min={0}
      defaultValue={props.at ?? ""}
    />
  );
}

export function RenameDialog({ community, onDone }: Props) {
  const rename = useChange(
    (name: string) => renameCommunity(community, name),
    "The community has its new name.",
    onDone,
  );
  return (
    <FormDialog
      title={`Rename ${community.title}`}
      submit="Rename"
      busy={rename.isPending}
      problem={rename.error}
      onSubmit={(fields) => rename.mutate(text(fields, "name"))}
      onCancel={onDone}
    >
      <p>
        Old links lead on to the new address, and servers that run now keep working at the old one
        until they stop.
      </p>
      <Field label="Name" name="name" required hint={NAME_HINT} defaultValue={community.name} />
    </FormDialog>
  );
}

export function PauseDialog({ community, onDone }: Props) {
  const pause = useChange(
    (how: { notice: string; stopServers: boolean }) => pauseCommunity(community, how),
    "The community is paused.",
    onDone,
  );
  return (
    <FormDialog
      title={`Pause ${community.title}?`}
      submit="Pause"
      busy={pause.isPending}
      problem={pause.error}
      onSubmit={(fields) =>
        pause.mutate({ notice: text(fields, "notice"), stopServers: fields.has("stopServers") })
      }
      onCancel={onDone}
    >
      <p>No server starts until the pause ends. Files and members stay as they are.</p>
      <Field label="Notice" name="notice" hint="What people read meanwhile. May be empty." />
      <label className="tick">
        <input type="checkbox" name="stopServers" />
        Stop the servers that run ({community.activeServers} now)
      </label>
    </FormDialog>
  );
}

export function DeleteDialog({ community, onDone }: Props) {
  const remove = useChange(() => deleteCommunity(community), "The community is deleted.", onDone);
  return (
    <ConfirmDialog
      title={`Delete ${community.title}?`}
      confirm="Delete the community"
      busy={remove.isPending}
      onConfirm={() => remove.mutate(undefined)}
      onCancel={onDone}
    >
      <p>
        Its hub closes and it disappears for its members. It can be restored here with all files
        until the day on which they are removed; the page Storage says which.
      </p>
      {remove.error && <ProblemNote problem={remove.error} />}
    </ConfirmDialog>
  );
}

function text(fields: FormData, name: string): string {
  return String(fields.get(name) ?? "").trim();
}

function whole(fields: FormData, name: string): number | null {
  const given = text(fields, name);
  return given === "" ? null : Number(given);
}
