export type Tone = "good" | "busy" | "warn" | "bad" | "plain";

/** One word with a colour; the word carries the meaning, the colour only helps. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
