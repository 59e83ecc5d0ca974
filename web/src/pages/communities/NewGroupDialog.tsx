import { createGroup } from "../../api/communities";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";

/** Makes a group without anybody in it. */
export function NewGroupDialog({ community, onDone }: { community: number; onDone: () => void }) {
  const change = useChange((name: string) => createGroup(community, name), "It is made.", onDone);
  return (
    <FormDialog
      title="New group"
      submit="Make it"
      busy={change.isPending}
      problem={change.error}
      onSubmit={(fields) => change.mutate(String(fields.get("name")))}
      onCancel={onDone}
    >
      <Field
        label="Name"
        name="name"
        required
        maxLength={255}
        hint="A group has a folder for its people, and profiles can be for it alone."
      />
    </FormDialog>
  );
}
