import { type Person, takeFactorAway } from "../../api/people";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";

/** Helps somebody who has lost their authenticator and their recovery codes. */
export function TakeAwayDialog({
  person,
  onDone,
  onCancel,
}: {
  person: Person;
  onDone: () => void;
  onCancel: () => void;
}) {
  const change = useChange(
    (fields: FormData) => takeFactorAway(person, String(fields.get("reason"))),
    `The second factor of ${person.name} is removed.`,
    onDone,
  );
  return (
    <FormDialog
      title={`Remove the second factor of ${person.name}?`}
      submit="Remove it"
      busy={change.isPending}
      problem={change.error}
      onSubmit={change.mutate}
      onCancel={onCancel}
    >
      <p>
        Their password alone opens the account then, so be sure that it is really them who ask. They
        are signed out everywhere, and told at the next sign-in.
      </p>
      <Field
        label="Reason"
        name="reason"
        required
        maxLength={500}
        hint="It goes into the audit log, and they read it."
      />
    </FormDialog>
  );
}
