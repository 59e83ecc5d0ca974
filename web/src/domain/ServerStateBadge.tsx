import type { ServerState } from "../api/servers";
import { Badge, type Tone } from "../components/Badge";

const WORDS: Record<ServerState, { word: string; tone: Tone }> = {
  SPAWNING: { word: "Starting", tone: "busy" },
  READY: { word: "Running", tone: "good" },
  STOPPING: { word: "Stopping", tone: "busy" },
  STOPPED: { word: "Stopped", tone: "plain" },
  FAILED: { word: "Failed", tone: "bad" },
};

/** A server's state in the word a person uses for it; `asleep`: frozen until somebody comes. */
export function ServerStateBadge({ state, asleep }: { state: ServerState; asleep: boolean }) {
  const { word, tone }: { word: string; tone: Tone } = asleep
    ? { word: "Asleep", tone: "plain" }
    : WORDS[state];
  return <Badge tone={tone}>{word}</Badge>;
}
