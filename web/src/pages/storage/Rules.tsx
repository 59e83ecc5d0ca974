import {
  decideLimit,
  type Folder,
  type Kind,
  NOTHING,
  type Rule,
  type Subject,
} from "../../api/storage";
import { type Column, DataTable } from "../../components/DataTable";
import { ProblemNote } from "../../components/ProblemNote";
import { useChange } from "../../domain/useChange";
import { type Asking, ofBytes, ofFiles, whose } from "./words";

/** What somebody decided, and taking it back. */
export function Rules(props: {
  id: number;
  kind: Kind;
  rules: Rule[];
  folders: Folder[];
  platform: boolean;
  onChange: (asking: Asking) => void;
}) {
  const { id, kind, rules, folders } = props;
  const clear = useChange(
    (rule: Rule) => decideLimit(id, kind, subjectOf(rule), NOTHING, rule.version),
    "The limit is taken back; the next nearest counts now.",
  );
  if (rules.length === 0) return null;
  const columns: Column<Rule>[] = [
    { header: "For", cell: (rule) => whose(rule, folders) },
    {
      header: "May hold",
      cell: ({ bytes, inodes }) =>
        [bytes && ofBytes(bytes.hard), inodes && ofFiles(inodes.hard)].filter(Boolean).join(", "),
    },
    {
      header: "Actions",
      cell: (rule) =>
        mayChange(rule, props.platform) && (
          <div className="actions actions-start">
            <button
              type="button"
              aria-label={`Change: ${whose(rule, folders)}`}
              onClick={() =>
                props.onChange({ subject: subjectOf(rule), title: whose(rule, folders) })
              }
            >
              Change
            </button>
            <button
              type="button"
              aria-label={`Take back: ${whose(rule, folders)}`}
              disabled={clear.isPending}
              onClick={() => clear.mutate(rule)}
            >
              Take back
            </button>
          </div>
        ),
    },
  ];
  return (
    <section>
      <h2>Limits that somebody set</h2>
      <DataTable
        caption="Limits that somebody set"
        columns={columns}
        items={rules}
        keyOf={({ scope, subject }) => `${scope} ${subject}`}
      />
      {clear.error && <ProblemNote problem={clear.error} />}
    </section>
  );
}

/** The community's own limit is an administrator's business; nobody is asked about who is gone. */
const mayChange = ({ scope, name }: Rule, platform: boolean) =>
  scope === "COMMUNITY" ? platform : scope === "FOLDER" || name !== null;

const subjectOf = ({ scope, name, subject }: Rule): Subject =>
  scope === "FOLDER" ? { scope, folder: subject } : { scope, name: name ?? undefined };
