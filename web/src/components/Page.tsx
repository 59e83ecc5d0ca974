import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** What a page says about how fresh it is: when it last heard, and why it hears nothing now. */
export type Freshness = { dataUpdatedAt: number; error: Error | null };

/**
 * The frame of every page: title, freshness, content. A page reached from another one takes the
 * focus, so that reading goes on there; the first one leaves it where the browser put it.
 */
export function Page(props: {
  title: string;
  lead?: string;
  freshness?: Freshness;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useLocation().key === "default"; // the router's word for "nobody went anywhere yet"
  useEffect(() => {
    document.title = `${props.title} · Lyceum`;
    if (!first) heading.current?.focus();
  }, [props.title, first]);
  return (
    <>
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.lead && <p className="quiet">{props.lead}</p>}
      </header>
      {props.freshness?.error && <StaleNote freshness={props.freshness} />}
      {props.children}
    </>
  );
}

function StaleNote({ freshness }: { freshness: Freshness }) {
  const time = new Date(freshness.dataUpdatedAt).toLocaleTimeString();
  return (
    <p className="note note-warn" role="status">
      This is what was true at {time}. {freshness.error?.message}
    </p>
  );
}
