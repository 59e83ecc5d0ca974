import { useId, useState } from "react";
import { type ImportReport, importProfiles } from "../../api/catalog";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";

/** Reads KubeSpawner's YAML, says what it would bring, and brings it when asked once more. */
export function ImportDialog({ id, onDone }: { id: number; onDone: () => void }) {
  const [looked, setLooked] = useState<{ yaml: string; report: ImportReport }>();
  const fieldId = useId();
  const look = useChange(async (yaml: string) => {
    setLooked({ yaml, report: await importProfiles(id, yaml, false) });
  }, "This is what it would bring.");
  const bring = useChange(
    (yaml: string) => importProfiles(id, yaml, true),
    "The profiles are there.",
    onDone,
  );
  return (
    <FormDialog
      title="Import profileList"
      submit={looked ? "Import" : "Look"}
      busy={look.isPending || bring.isPending}
      problem={look.error ?? bring.error}
      onSubmit={(fields) => {
        const yaml = String(fields.get("yaml") ?? "");
        if (looked?.yaml === yaml) bring.mutate(yaml);
        else look.mutate(yaml);
      }}
      onCancel={onDone}
    >
      <div className="field">
        <label htmlFor={fieldId}>KubeSpawner's profileList, or the values file it is in</label>
        <textarea
          id={fieldId}
          name="yaml"
          rows={10}
          required
          spellCheck={false}
          onChange={() => setLooked(undefined)}
        />
      </div>
      <div aria-live="polite">{looked && <Report report={looked.report} />}</div>
    </FormDialog>
  );
}

function Report({ report }: { report: ImportReport }) {
  return (
    <>
      <List title="Profiles that are made" none="None." items={report.profiles} />
      <List title="Images that become environments" none="None." items={report.images} />
      <List title="Not taken" none="Everything comes along." items={report.left} />
    </>
  );
}

function List({ title, none, items }: { title: string; none: string; items: string[] }) {
  return (
    <>
      <h3>{title}</h3>
      {items.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </>
  );
}
