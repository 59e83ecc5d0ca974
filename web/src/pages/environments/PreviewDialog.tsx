import { useMutation } from "@tanstack/react-query";
import { previewFor } from "../../api/catalog";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { size } from "./words";

/** What a member finds on the start page, and what is kept from them. */
export function PreviewDialog({ id, onDone }: { id: number; onDone: () => void }) {
  const preview = useMutation({ mutationFn: (user: string) => previewFor(id, user) });
  const seen = preview.data;
  return (
    <FormDialog
      title="See as somebody"
      submit="Look"
      busy={preview.isPending}
      problem={preview.error}
      onSubmit={(fields) => preview.mutate(String(fields.get("user") ?? "").trim())}
      onCancel={onDone}
    >
      <Field label="Name of a member" name="user" required />
      <div aria-live="polite">
        {seen && (
          <>
            <h3>{preview.variables} can pick</h3>
            {seen.offered.length === 0 ? (
              <p>Nothing. They cannot start a server until a profile is for them.</p>
            ) : (
              <ul>
                {seen.offered.map((each) => (
                  <li key={each.name}>
                    {each.title} <span className="quiet">({size(each)})</span>
                  </li>
                ))}
              </ul>
            )}
            {seen.hidden.length > 0 && (
              <>
                <h3>Not offered to {preview.variables}</h3>
                <ul>
                  {seen.hidden.map((each) => (
                    <li key={each.name}>{each.title}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </div>
    </FormDialog>
  );
}
