import { useAnnounce } from "../../components/Announcer";

/** What must be entered at the provider, letter by letter. */
export function CallbackAddress({ url }: { url: string }) {
  const announce = useAnnounce();
  async function copy() {
    await navigator.clipboard.writeText(url);
    announce("The address is copied.");
  }
  return (
    <p className="small">
      Callback address, to be entered at the provider exactly like this: <code>{url}</code>{" "}
      <button type="button" aria-label="Copy the callback address" onClick={() => void copy()}>
        Copy
      </button>
    </p>
  );
}
