import { useCopy } from "../../components/useCopy";

/** What must be entered at the provider, letter by letter. */
export function CallbackAddress({ url }: { url: string }) {
  const copy = useCopy();
  return (
    <p className="small">
      Callback address, to be entered at the provider exactly like this: <code>{url}</code>{" "}
      <button type="button" aria-label="Copy the callback address" onClick={() => void copy(url)}>
        Copy
      </button>
    </p>
  );
}
