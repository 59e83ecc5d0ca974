import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { ProblemNote } from "./ProblemNote";

/** Asks for something to be filled in; a refusal stays beside what was typed. */
export function FormDialog(props: {
  title: string;
  submit: string;
  busy: boolean;
  problem: Error | null;
  onSubmit: (fields: FormData) => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    props.onSubmit(new FormData(event.currentTarget));
  }
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={props.onCancel}>
      <h2 id={titleId}>{props.title}</h2>
      <form onSubmit={submit}>
        {props.children}
        {props.problem && <ProblemNote problem={props.problem} />}
        <div className="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" disabled={props.busy}>
            {props.submit}
          </button>
        </div>
      </form>
    </dialog>
  );
}
