import type { ProfileDetail } from "../../api/catalog";
import { type ContentLine, saveContent } from "../../api/content";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";

/** Which repository's files come into homes, where to, and for whom. */
export function ContentDialog(props: {
  id: number;
  line: ContentLine | undefined;
  profiles: ProfileDetail[];
  onDone: () => void;
}) {
  const { id, line, profiles, onDone } = props;
  const save = useChange(
    (fields: FormData) =>
      saveContent(
        id,
        {
          profile: fields.get("profile") === "" ? null : Number(fields.get("profile")),
          url: text(fields, "url"),
          reference: text(fields, "reference"),
          folder: text(fields, "folder"),
          deployKey: fields.get("deployKey") === "on",
        },
        line,
      ),
    "It is brought when servers start from now on.",
    onDone,
  );
  return (
    <FormDialog
      title={line ? `Files in ${line.folder}` : "Attach a repository"}
      submit="Save"
      busy={save.isPending}
      problem={save.error}
      onSubmit={save.mutate}
      onCancel={() => onDone()}
    >
      <Field
        label="Repository"
        name="url"
        required
        defaultValue={line?.url}
        hint="https://host/path, or git@host:path with a deploy key."
      />
      <Field
        label="Branch, tag or commit"
        name="reference"
        defaultValue={line?.reference}
        hint="Empty for what the host shows first."
      />
      <Field
        label="Folder"
        name="folder"
        defaultValue={line?.folder}
        hint="Below the home, such as course/week1. Empty for the repository's own name."
      />
      <div className="field">
        <label htmlFor="content-profile">Whose servers get it</label>
        <select id="content-profile" name="profile" defaultValue={line?.profile ?? ""}>
          <option value="">Every server of the community</option>
          {profiles.map((profile) => (
            <option key={profile.id} value={profile.id}>
              Those of {profile.title}
            </option>
          ))}
        </select>
      </div>
      <label className="tick">
        <input type="checkbox" name="deployKey" defaultChecked={Boolean(line?.publicKey)} />
        With a deploy key that is made now, if there is none (ssh)
      </label>
      <p className="quiet small">
        The key's public half is shown in the list afterwards, to be entered at the repository's
        host. Another address gets another key.
      </p>
    </FormDialog>
  );
}

function text(fields: FormData, name: string): string {
  return String(fields.get(name) ?? "").trim();
}
