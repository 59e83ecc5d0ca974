import { useId, useRef } from "react";
import { useCopy } from "./useCopy";

/** Something to be handed on as it is, with a button that copies it. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const copy = useCopy();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={input}
        readOnly
        value={value}
        aria-describedby={hint && `${id}-hint`}
        onFocus={(event) => event.currentTarget.select()}
      />
      {hint && (
        <p id={`${id}-hint`} className="quiet small">
          {hint}
        </p>
      )}
      <div className="actions actions-start">
        <button type="button" onClick={() => void copy(value, () => input.current?.select())}>
          Copy
        </button>
      </div>
    </div>
  );
}
