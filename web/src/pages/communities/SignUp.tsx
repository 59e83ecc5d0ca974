import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CommunityDetail } from "../../api/communities";
import {
  addEvent,
  changeSignUp,
  endEvent,
  type SignUpEvent,
  type SignUpEventMade,
  signUpQuery,
} from "../../api/sign-up";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { CopyField } from "../../components/CopyField";
import { type Column, DataTable } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { NoteDialog } from "../../components/NoteDialog";
import { ProblemNote } from "../../components/ProblemNote";
import { useChange } from "../../domain/useChange";

/** Whether people make their accounts themselves, and the events at which they do it by a code. */
export function SignUp({ community }: { community: CommunityDetail }) {
  const signUp = useQuery(signUpQuery(community.id));
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<SignUpEventMade>();
  const [ending, setEnding] = useState<SignUpEvent>();
  const change = useChange(
    (byRequest: boolean) => changeSignUp(community.id, byRequest),
    "It counts from now on.",
  );
  const end = useChange(
    (event: SignUpEvent) => endEvent(community.id, event),
    "The event is over; its code is taken no more.",
    () => setEnding(undefined),
  );
  if (!signUp.data) return signUp.error ? <ProblemNote problem={signUp.error} /> : null;
  const { byRequest, address, events } = signUp.data;
  const open = byRequest || events.some((event) => !isOver(event));
  return (
    <>
      <h3>Accounts that people make themselves</h3>
      <label className="tick">
        <input
          type="checkbox"
          checked={byRequest}
          disabled={change.isPending}
          onChange={({ target }) => change.mutate(target.checked)}
        />{" "}
        People may ask for an account, and a manager answers
      </label>
      {change.error && <ProblemNote problem={change.error} />}
      {open && (
        <CopyField label="Page for people" value={address} hint="The sign-in page leads to it." />
      )}
      {events.length === 0 ? (
        <p className="quiet">
          For a workshop or an exam, make an event: people come in at once with a code that you show
          them.
        </p>
      ) : (
        <DataTable
          caption="Events"
          columns={columns(setEnding)}
          items={events}
          keyOf={({ id }) => id}
        />
      )}
      <div className="actions actions-start">
        <button type="button" onClick={() => setAdding(true)}>
          Make an event
        </button>
      </div>
      {adding && (
        <EventDialog community={community} onMade={setMade} onDone={() => setAdding(false)} />
      )}
      {made && (
        <NoteDialog title={`Code of ${made.event.title}`} onClose={() => setMade(undefined)}>
          <p>
            Show it to those who come. It is shown only now, and taken until{" "}
            {moment(made.event.endsAt)}, for {made.event.people} people.
          </p>
          <CopyField label="Code" value={made.code} />
          <CopyField label="Page for people" value={address} />
        </NoteDialog>
      )}
      {ending && (
        <ConfirmDialog
          title={`End ${ending.title} now?`}
          confirm="End it"
          busy={end.isPending}
          onConfirm={() => end.mutate(ending)}
          onCancel={() => setEnding(undefined)}
        >
          <p>
            Its code is taken no more.{" "}
            {ending.temporary &&
              "The accounts of those who came end with it, and their servers stop. Files are kept for a while, under Storage."}
          </p>
          {end.error && <ProblemNote problem={end.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}

function columns(end: (event: SignUpEvent) => void): Column<SignUpEvent>[] {
  return [
    { header: "Event", cell: ({ title }) => title },
    { header: "From", cell: ({ startsAt }) => moment(startsAt) },
    { header: "Until", cell: ({ endsAt }) => moment(endsAt) },
    { header: "People", cell: ({ came, people }) => `${came} of ${people}` },
    { header: "Accounts", cell: ({ temporary }) => (temporary ? "end with it" : "stay") },
    {
      header: "Actions",
      cell: (event) =>
        isOver(event) ? (
          "over"
        ) : (
          <button type="button" aria-label={`End now: ${event.title}`} onClick={() => end(event)}>
            End now
          </button>
        ),
    },
  ];
}

function EventDialog(props: {
  community: CommunityDetail;
  onMade: (made: SignUpEventMade) => void;
  onDone: () => void;
}) {
  const { community, onMade, onDone } = props;
  const add = useChange(
    async (fields: FormData) =>
      onMade(
        await addEvent(community.id, {
          title: String(fields.get("title")),
          startsAt: new Date(String(fields.get("startsAt"))).toISOString(),
          endsAt: new Date(String(fields.get("endsAt"))).toISOString(),
          people: Number(fields.get("people")),
          temporary: fields.get("temporary") === "on",
        }),
      ),
    "The event is there.",
    onDone,
  );
  return (
    <FormDialog
      title="Make an event"
      submit="Make it"
      busy={add.isPending}
      problem={add.error}
      onSubmit={add.mutate}
      onCancel={onDone}
    >
      <Field label="Title" name="title" required maxLength={100} />
      <Field label="From" name="startsAt" type="datetime-local" required />
      <Field label="Until" name="endsAt" type="datetime-local" required />
      <Field
        label="For how many people"
        name="people"
        type="number"
        min={1}
        max={2000}
        required
        defaultValue={30}
      />
      <label className="tick">
        <input type="checkbox" name="temporary" /> Accounts end with the event; files are kept for a
        while
      </label>
    </FormDialog>
  );
}

const isOver = ({ endsAt }: SignUpEvent) => new Date(endsAt) <= new Date();

const moment = (at: string) =>
  new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
