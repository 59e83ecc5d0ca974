import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";

/** How many named servers one member, or everybody in one group, may have. */
export function NamedServersDialog(props: {
  who: string;
  at: number | null;
  hint: string;
  save: (namedServers: number | null) => Promise<unknown>;
  onDone: () => void;
}) {
  const { who, at, hint, save, onDone } = props;
  const change = useChange(save, "The limit is changed.", onDone);
  return (
    <FormDialog
      title={`Named servers of ${who}`}
      submit="Save"
      busy={change.isPending}
      problem={change.error}
      onSubmit={(fields) => {
        const given = String(fields.get("namedServers")).trim();
        change.mutate(given === "" ? null : Number(given));
      }}
      onCancel={onDone}
    >
      <Field
        label="Named servers, at most"
        name="namedServers"
        type="number"
        min={0}
        max={1000}
        defaultValue={at ?? ""}
        hint={hint}
      />
    </FormDialog>
  );
}
