import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "../../api/client";
import type { CommunityDetail } from "../../api/communities";
import {
  archiveAddress,
  askFor,
  bringBack,
  keepFor,
  type Leaving,
  leavingQuery,
  removeNow,
} from "../../api/leaving";
import { type Column, DataTable } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { bytes, plural } from "../../components/format";
import { Loading } from "../../components/Loading";
import { ProblemNote } from "../../components/ProblemNote";
import { When } from "../../components/When";
import { useChange } from "../../domain/useChange";

const WHAT: Record<Leaving["kind"], string> = {
  HOME: "Home",
  SCRATCH: "Scratch",
  GROUP: "Group folder",
  SHARED: "Shared folder",
};

const WHY: Record<Leaving["reason"], string> = {
  MEMBER_LEFT: "No longer a member",
  USER_DELETED: "Account deleted",
  GROUP_DELETED: "Group deleted",
  COMMUNITY_DELETED: "Community deleted",
};

type Asking = { what: "back" | "fetch" | "keep" | "remove"; leaving: Leaving };

/** What is kept of people, groups and communities that have gone, and until when. */
export function LeavingFolders(props: { community: CommunityDetail; platform: boolean }) {
  const { community, platform } = props;
  const query = useInfiniteQuery(leavingQuery(community.id));
  const [asking, setAsking] = useState<Asking>();
  const page = query.data?.pages[0];
  if (query.isPending) return <Loading what="what is kept" />;
  if (page === undefined) return query.error && <ProblemNote problem={query.error} />;
  const items = query.data?.pages.flatMap((each) => each.items) ?? [];
  const done = () => setAsking(undefined);
  return (
    <section aria-labelledby="leaving">
      <h2 id="leaving">Kept of those who have left</h2>
      {query.error && <ProblemNote problem={query.error} />}
      <p className="quiet">
        Files of somebody who leaves are closed, kept for {plural(page.keptDays, "day")} and then
        removed. Until then they can be brought back as they were.
        {items.length === 0 && " There are none now."}
      </p>
      {items.length > 0 && (
        <DataTable
          caption="Kept of those who have left"
          columns={columns(platform, setAsking)}
          items={items}
          keyOf={({ id }) => id}
        />
      )}
      {query.hasNextPage && (
        <p>
          <button type="button" onClick={() => void query.fetchNextPage()}>
            Show more
          </button>
        </p>
      )}
      {asking?.what === "back" && (
        <BackDialog id={community.id} leaving={asking.leaving} onDone={done} />
      )}
      {asking?.what === "fetch" && (
        <FetchDialog id={community.id} leaving={asking.leaving} onDone={done} />
      )}
      {asking?.what === "keep" && (
        <KeepDialog id={community.id} leaving={asking.leaving} onDone={done} />
      )}
      {asking?.what === "remove" && (
        <RemoveDialog id={community.id} leaving={asking.leaving} onDone={done} />
      )}
    </section>
  );
}

const whose = ({ owner }: Leaving) => owner || "The community";

const titled = (leaving: Leaving) => `${WHAT[leaving.kind]} of ${whose(leaving)}`;

function columns(platform: boolean, ask: (asking: Asking) => void): Column<Leaving>[] {
  return [
    { header: "Whose", cell: whose },
    { header: "What", cell: ({ kind }) => WHAT[kind] },
    { header: "Why", cell: ({ reason }) => WHY[reason] },
    { header: "Holds", cell: (leaving) => bytes(leaving.bytes) },
    { header: "Since", cell: ({ since }) => <When at={since} /> },
    { header: "Removed on", cell: ({ until }) => new Date(until).toLocaleDateString() },
    {
      header: "Actions",
      cell: (leaving) => (
        <div className="actions actions-start">
          {leaving.reason !== "COMMUNITY_DELETED" && (
            <Action
              word="Bring back"
              leaving={leaving}
              onAsk={() => ask({ what: "back", leaving })}
            />
          )}
          <Action
            word="Change the day"
            leaving={leaving}
            onAsk={() => ask({ what: "keep", leaving })}
          />
          {platform && (
            <Action word="Fetch" leaving={leaving} onAsk={() => ask({ what: "fetch", leaving })} />
          )}
          {platform && (
            <Action
              word="Remove now"
              leaving={leaving}
              onAsk={() => ask({ what: "remove", leaving })}
            />
          )}
        </div>
      ),
    },
  ];
}

function Action(props: { word: string; leaving: Leaving; onAsk: () => void }) {
  return (
    <button
      type="button"
      aria-label={`${props.word}: ${titled(props.leaving)}`}
      onClick={props.onAsk}
    >
      {props.word}
    </button>
  );
}

type DialogProps = { id: number; leaving: Leaving; onDone: () => void };

const BACK: Record<Leaving["reason"], string> = {
  MEMBER_LEFT: "They become a member again, and find everything as it was.",
  USER_DELETED:
    "Their account is made again, without a password, and becomes a member. Everything is as it was.",
  GROUP_DELETED: "The group is made again, without members. Add them afterwards.",
  COMMUNITY_DELETED: "",
};

function BackDialog({ id, leaving, onDone }: DialogProps) {
  const back = useChange(
    (name: string) => bringBack(id, leaving.id, name),
    `${whose(leaving)} is back; the files follow within a minute.`,
    onDone,
  );
  return (
    <FormDialog
      title={`Bring back ${whose(leaving)}?`}
      submit="Bring back"
      busy={back.isPending}
      problem={back.error}
      onSubmit={(fields) => back.mutate(String(fields.get("name") ?? leaving.owner).trim())}
      onCancel={onDone}
    >
      <p>{BACK[leaving.reason]}</p>
      {leaving.reason !== "MEMBER_LEFT" && (
        <Field
          label="Name"
          name="name"
          required
          defaultValue={leaving.owner}
          hint="Another one, when this has been given to somebody else."
        />
      )}
    </FormDialog>
  );
}

/** Somebody's files are looked at with a reason only, and whoever asks is told that it is kept. */
function FetchDialog({ id, leaving, onDone }: DialogProps) {
  const ask = useChange(
    (reason: string) => askFor(id, leaving.id, reason),
    "The archive is on its way: your browser shows how far it is.",
    () => {
      window.location.assign(archiveAddress(id, leaving.id));
      onDone();
    },
  );
  return (
    <FormDialog
      title={`Fetch: ${titled(leaving)}`}
      submit="Fetch as an archive"
      busy={ask.isPending}
      problem={ask.error}
      onSubmit={(fields) => ask.mutate(String(fields.get("reason")).trim())}
      onCancel={onDone}
    >
      <p>
        You get a copy of all {bytes(leaving.bytes)} but the trash, as a tar archive. What is kept
        stays as it is. If the archive breaks off, your browser can go on with it for a day.
      </p>
      <Field
        label="Why"
        name="reason"
        required
        minLength={3}
        maxLength={200}
        hint="One line. It stays in the audit log, with your name."
      />
    </FormDialog>
  );
}

function KeepDialog({ id, leaving, onDone }: DialogProps) {
  const keep = useChange(
    (days: number) => keepFor(id, leaving.id, days),
    "They are removed on another day.",
    onDone,
  );
  return (
    <FormDialog
      title={`${titled(leaving)}: change the day`}
      submit="Change the day"
      busy={keep.isPending}
      problem={keep.error}
      onSubmit={(fields) => keep.mutate(Number(fields.get("days")))}
      onCancel={onDone}
    >
      <Field
        label="Days from today"
        name="days"
        type="number"
        min={1}
        max={3650}
        step={1}
        required
        defaultValue={90}
      />
    </FormDialog>
  );
}

/** Nobody brings this back, so its name is typed first. */
function RemoveDialog({ id, leaving, onDone }: DialogProps) {
  const [unlike, setUnlike] = useState<ApiProblem | null>(null);
  const remove = useChange(() => removeNow(id, leaving.id), "They are being removed.", onDone);
  return (
    <FormDialog
      title={`Remove now: ${titled(leaving)}`}
      submit="Remove now"
      busy={remove.isPending}
      problem={unlike ?? remove.error}
      onSubmit={(fields) => {
        if (String(fields.get("name")).trim() !== whose(leaving)) {
          setUnlike(new ApiProblem(0, "name.unlike", `Type “${whose(leaving)}” to be sure.`));
          return;
        }
        setUnlike(null);
        remove.mutate(undefined);
      }}
      onCancel={onDone}
    >
      <p>
        {bytes(leaving.bytes)} and all earlier versions of them go, and nobody can bring them back.
      </p>
      <Field label={`Type “${whose(leaving)}” to be sure`} name="name" required />
    </FormDialog>
  );
}
