import { useId } from "react";
import {
  type Decision,
  decideLimit,
  type Kind,
  makeGroupFolder,
  type Rule,
  ruleFor,
  type Scope,
  type Subject,
} from "../../api/storage";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";
import type { Asking } from "./words";

const GIB = 1024 ** 3;

type Props = { id: number; kind: Kind; rules: Rule[]; onDone: () => void };

/** Sets or changes the limit of somebody who is known. */
export function LimitDialog({ id, kind, rules, asking, onDone }: Props & { asking: Asking }) {
  const rule = ruleFor(rules, asking.subject);
  const save = useDecision(id, kind, onDone);
  return (
    <FormDialog
      title={`Limit for ${asking.title}`}
      submit="Save"
      busy={save.isPending}
      problem={save.error}
      onSubmit={(fields) =>
        save.mutate({
          subject: asking.subject,
          decision: decision(fields),
          version: rule?.version ?? -1,
        })
      }
      onCancel={onDone}
    >
      <LimitFields rule={rule} />
    </FormDialog>
  );
}

/** Sets the limit of a person or a group by name, also before their first start. */
export function NewLimitDialog({ id, kind, rules, onDone }: Props) {
  const save = useDecision(id, kind, onDone);
  const scopeId = useId();
  const scopes: [Scope, string][] = [
    ["USER", "A person"],
    ["GROUP", "A group"],
  ];
  return (
    <FormDialog
      title="Set a limit"
      submit="Set the limit"
      busy={save.isPending}
      problem={save.error}
      onSubmit={(fields) => {
        const subject: Subject = {
          scope: String(fields.get("scope")) as Scope,
          name: String(fields.get("name")).trim(),
        };
        const version = ruleFor(rules, subject)?.version ?? -1;
        save.mutate({ subject, decision: decision(fields), version });
      }}
      onCancel={onDone}
    >
      <div className="field">
        <label htmlFor={scopeId}>For</label>
        <select id={scopeId} name="scope" defaultValue={kind === "GROUP" ? "GROUP" : "USER"}>
          {scopes
            .filter(([scope]) => kind !== "GROUP" || scope === "GROUP")
            .map(([scope, word]) => (
              <option key={scope} value={scope}>
                {word}
              </option>
            ))}
        </select>
      </div>
      <Field label="Name" name="name" required />
      <LimitFields />
    </FormDialog>
  );
}

/** Gives a group a folder that its members share. */
export function GroupFolderDialog({ id, onDone }: { id: number; onDone: () => void }) {
  const make = useChange(
    (group: string) => makeGroupFolder(id, group),
    "The group has its folder. Members find it in servers that start from now on.",
    onDone,
  );
  return (
    <FormDialog
      title="Give a group a folder"
      submit="Make the folder"
      busy={make.isPending}
      problem={make.error}
      onSubmit={(fields) => make.mutate(String(fields.get("name")).trim())}
      onCancel={onDone}
    >
      <p>All its members can read and change what is in it, at ~/groups and the group's name.</p>
      <Field label="Group" name="name" required />
    </FormDialog>
  );
}

function LimitFields({ rule }: { rule?: Rule }) {
  return (
    <>
      <p>
        It counts at once, also for servers that run. Who holds more than that loses nothing: they
        can read and delete. An empty field leaves it to the next nearest rule; 0 is no limit.
      </p>
      <Field
        label="Size (GiB)"
        name="bytes"
        type="number"
        min={0}
        step="any"
        defaultValue={gib(rule?.bytes?.hard)}
      />
      <Field
        label="Warn at (GiB)"
        name="bytesWarning"
        type="number"
        min={0}
        step="any"
        hint="Four fifths of the size when empty."
        defaultValue={gib(rule?.bytes?.warning)}
      />
      <Field
        label="Files"
        name="inodes"
        type="number"
        min={0}
        step={1}
        defaultValue={rule?.inodes?.hard}
      />
    </>
  );
}

function useDecision(id: number, kind: Kind, onDone: () => void) {
  return useChange(
    (change: { subject: Subject; decision: Decision; version: number }) =>
      decideLimit(id, kind, change.subject, change.decision, change.version),
    "The limit counts now.",
    onDone,
  );
}

function decision(fields: FormData): Decision {
  return {
    bytes: number(fields, "bytes", GIB),
    bytesWarning: number(fields, "bytesWarning", GIB),
    inodes: number(fields, "inodes", 1),
    inodesWarning: null,
  };
}

function number(fields: FormData, name: string, unit: number): number | null {
  const given = String(fields.get(name) ?? "").trim();
  return given === "" ? null : Math.round(Number(given) * unit);
}

const gib = (bytes: number | undefined) =>
  bytes === undefined ? undefined : Number((bytes / GIB).toFixed(3));
