import type { ServerState } from "../api/servers";
import { Badge, type Tone } from "../components/Badge";

const WORDS: Record<ServerState, { word: string; tone: Tone }> = {
  SPAWNING: { word: "Starting", tone: "busy" },
  READY: { word: "Running", tone: "good" },
  STOPPING: { word: "Stopping", tone: "busy" },
  STOPPED: { word: "Stopped", tone: "plain" },
  FAILED: { word: "Failed", tone: "bad" },
};

/** A server's state in the word a person uses for it. */
export function ServerStateBadge({ state }: { state: ServerState }) {
  const { word, tone } = WORDS[state];
  return <Badge tone={tone}>{word}</Badge>;
}
