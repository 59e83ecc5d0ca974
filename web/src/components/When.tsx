import { ago } from "./format";

/** A moment as "4 minutes ago", with the full date and time behind it; a dash when there is none. */
export function When({ at }: { at: string | null | undefined }) {
  if (!at) return <Nothing>never</Nothing>;
  const moment = new Date(at);
  return (
    <time dateTime={moment.toISOString()} title={moment.toLocaleString()}>
      {ago(moment, new Date())}
    </time>
  );
}

/** The absence of a value, said in a quiet word instead of an empty cell. */
export function Nothing({ children }: { children: string }) {
  return <span className="quiet">{children}</span>;
}
