import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

type Tone = "good" | "bad";
type Message = { id: number; text: string; tone: Tone };

/** Good news goes by itself; bad news waits until it has been read. */
const SHOWN_MILLIS = 6_000;

/** More at once than anybody reads; the oldest goes first. */
const MAX_MESSAGES = 4;

const Announce = createContext<(text: string, tone?: Tone) => void>(() => {});

/** Says what an action did, to eyes and to screen readers alike. */
export const useAnnounce = () => useContext(Announce);

export function Announcer({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const announce = useCallback((text: string, tone: Tone = "good") => {
    setMessages((all) => [...all.slice(1 - MAX_MESSAGES), { id: nextId(), text, tone }]);
  }, []);
  const dismiss = useCallback((id: number) => {
    setMessages((all) => all.filter((message) => message.id !== id));
  }, []);
  return (
    <Announce value={announce}>
      {children}
      <div className="toasts">
        {/* Both regions exist before they speak: a screen reader ignores one that arrives with its text. */}
        {(["good", "bad"] as const).map((tone) => (
          <div key={tone} role={tone === "good" ? "status" : "alert"}>
            {messages
              .filter((message) => message.tone === tone)
              .map((message) => (
                <Toast key={message.id} message={message} dismiss={dismiss} />
              ))}
          </div>
        ))}
      </div>
    </Announce>
  );
}

function Toast({ message, dismiss }: { message: Message; dismiss: (id: number) => void }) {
  const { id, tone, text } = message;
  useEffect(() => {
    if (tone === "bad") return;
    const timer = setTimeout(() => dismiss(id), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [id, tone, dismiss]);
  return (
    <div className={`toast toast-${tone}`}>
      <span>{text}</span>
      <button type="button" className="bare" aria-label="Dismiss" onClick={() => dismiss(id)}>
        ×
      </button>
    </div>
  );
}

let lastId = 0;

function nextId(): number {
  lastId += 1;
  return lastId;
}
