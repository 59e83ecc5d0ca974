import { useState } from "react";
import { importMembers, type Roster } from "../../api/communities";
import { type Column, DataTable } from "../../components/DataTable";
import { FormDialog } from "../../components/FormDialog";
import { NoteDialog } from "../../components/NoteDialog";
import { useChange } from "../../domain/useChange";

type Line = Roster["lines"][number];

const EFFECT: Record<Line["effect"], string> = {
  ACCOUNT: "gets an account",
  MEMBER: "becomes a member",
  CHANGE: "is a member; groups or role change",
  NOTHING: "is a member; nothing to do",
  REFUSED: "is left out",
};

const COLUMNS: Column<Line>[] = [
  { header: "Line", cell: ({ line }) => line },
  { header: "Name", cell: ({ name }) => name },
  { header: "What happens", cell: ({ effect, problem }) => problem ?? EFFECT[effect] },
  { header: "New groups", cell: ({ groups }) => groups.join(", ") },
];

const people = (count: number) => (count === 1 ? "1 person" : `${count} people`);

/** Many people at once: a list is looked at, then done, then there are links to hand out. */
export function ImportDialog({ id, onDone }: { id: number; onDone: () => void }) {
  const [csv, setCsv] = useState("");
  const [seen, setSeen] = useState<Roster>();
  const look = useChange(
    async (apply: boolean) => setSeen(await importMembers(id, csv, apply)),
    "The list was read.",
  );
  if (seen?.applied) return <Imported roster={seen} onDone={onDone} />;
  function change(text: string) {
    setCsv(text);
    setSeen(undefined);
  }
  const doing = seen?.lines.filter(({ effect }) => effect !== "NOTHING" && effect !== "REFUSED");
  return (
    <FormDialog
      title="Add many people"
      submit={doing?.length ? `Add ${people(doing.length)}` : "Look at the list"}
      busy={look.isPending}
      problem={look.error}
      onSubmit={() => look.mutate(Boolean(doing?.length))}
      onCancel={onDone}
    >
      <p>
        A table saved as CSV, with a first line that names its columns: <code>name</code>, and if
        you like <code>groups</code> (with <code>|</code> between several) and <code>role</code> (
        <code>manager</code> or <code>member</code>). Nobody is removed by it, so you can send a
        list again.
      </p>
      <div className="field">
        <label htmlFor="roster-file">File</label>
        <input
          id="roster-file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(event) => void event.target.files?.[0]?.text().then(change)}
        />
      </div>
      <div className="field">
        <label htmlFor="roster-text">Or paste it here</label>
        <textarea
          id="roster-text"
          rows={6}
          required
          value={csv}
          placeholder={"name,groups\nada,lab\nbob,lab|course"}
          onChange={(event) => change(event.target.value)}
        />
      </div>
      {seen && <Preview roster={seen} />}
    </FormDialog>
  );
}

function Preview({ roster }: { roster: Roster }) {
  const refused = roster.lines.filter(({ effect }) => effect === "REFUSED").length;
  return (
    <section aria-label="What will happen">
      <p role="status">
        {people(roster.lines.length)} in the list
        {refused > 0 && `, ${refused} left out: see why below`}.
        {roster.ignored.length > 0 && ` Not used: ${roster.ignored.join(", ")}.`}
      </p>
      <DataTable
        caption="What will happen"
        columns={COLUMNS}
        items={roster.lines}
        keyOf={({ line }) => line}
      />
    </section>
  );
}

/** Links are shown this once, so there is a file to keep them in until they are handed out. */
function Imported({ roster, onDone }: { roster: Roster; onDone: () => void }) {
  const links = roster.lines.flatMap(({ invitation }) => invitation ?? []);
  return (
    <NoteDialog title="The people are added" onClose={onDone}>
      {links.length === 0 ? (
        <p>Everybody had an account already, and can sign in as before.</p>
      ) : (
        <>
          <p>
            {people(links.length)} got an account. Give each their link: they choose a password with
            it. The links are shown only now, and whoever opens one has the account; delete the file
            when they are handed out.
          </p>
          <p>
            <a
              className="button"
              download="invitations.csv"
              href={`data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(links))}`}
            >
              Save the links as a table
            </a>
          </p>
        </>
      )}
    </NoteDialog>
  );
}

function csvOf(links: { name: string; address: string; until: string }[]): string {
  const rows = links.map(({ name, address, until }) => [name, address, until]);
  return [["name", "link", "until"], ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

/** A spreadsheet takes what begins like a formula for one. */
function cell(text: string): string {
  const plain = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
