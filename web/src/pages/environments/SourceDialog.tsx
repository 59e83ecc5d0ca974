import { useState } from "react";
import { type Source, type SourceBody, saveSource } from "../../api/builds";
import type { EnvironmentDetail } from "../../api/catalog";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";

type Access = SourceBody["access"];

const WAYS: Record<Access, string> = {
  UNCHANGED: "As before, if the address stays",
  OPEN: "Anybody may read it",
  DEPLOY_KEY: "With a deploy key that is made now (ssh)",
  TOKEN: "With a token (https)",
};

/** Which repository an environment is built from, and how it is reached. */
export function SourceDialog(props: {
  id: number;
  environment: EnvironmentDetail;
  source: Source | undefined;
  onDone: () => void;
}) {
  const { id, environment, source, onDone } = props;
  const secret = Boolean(source?.publicKey || source?.token);
  const [access, setAccess] = useState<Access>(secret ? "UNCHANGED" : "OPEN");
  const save = useChange(
    (fields: FormData) =>
      saveSource(id, environment.id, {
        url: text(fields, "url"),
        reference: text(fields, "reference"),
        access,
        token: access === "TOKEN" ? text(fields, "token") : null,
      }),
    "The repository is saved; build it now.",
    onDone,
  );
  const ways = (Object.keys(WAYS) as Access[]).filter((way) => way !== "UNCHANGED" || secret);
  return (
    <FormDialog
      title={`Repository for ${environment.title}`}
      submit="Save"
      busy={save.isPending}
      problem={save.error}
      onSubmit={save.mutate}
      onCancel={onDone}
    >
      <p>
        Its apt.txt, requirements.txt, environment.yml, install.R, postBuild and start, or its
        Dockerfile, say what is built, as with repo2docker.
      </p>
      <Field
        label="Repository"
        name="url"
        required
        defaultValue={source?.url}
        hint="https://host/path or git@host:path, without a password."
      />
      <Field
        label="Branch, tag or commit"
        name="reference"
        defaultValue={source?.reference}
        hint="Empty for what the host shows first."
      />
      <div className="field">
        <label htmlFor="access">How it is reached</label>
        <select
          id="access"
          value={access}
          onChange={(event) => setAccess(event.target.value as Access)}
        >
          {ways.map((way) => (
            <option key={way} value={way}>
              {WAYS[way]}
            </option>
          ))}
        </select>
      </div>
      {access === "TOKEN" && (
        <Field label="Token" name="token" type="password" required autoComplete="off" />
      )}
      {access === "DEPLOY_KEY" && (
        <p className="quiet small">
          Its public half is shown here afterwards, to be entered at the repository's host.
        </p>
      )}
    </FormDialog>
  );
}

function text(fields: FormData, name: string): string {
  return String(fields.get(name) ?? "").trim();
}
