import { type ReactNode, useEffect, useRef } from "react";

/** What a page says about how fresh it is: when it last heard, and why it hears nothing now. */
export type Freshness = { dataUpdatedAt: number; error: Error | null };

/** The frame of every page: title, freshness, content. A new page takes the focus, as a new document would. */
export function Page(props: {
  title: string;
  lead?: string;
  freshness?: Freshness;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Lyceum`;
    heading.current?.focus();
  }, [props.title]);
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
