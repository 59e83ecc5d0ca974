import type { ReactNode } from "react";
import { Loading } from "./Loading";
import type { Freshness } from "./Page";
import { Page } from "./Page";
import { ProblemNote } from "./ProblemNote";

type Live<T> = Freshness & { data: T | undefined; isPending: boolean };

/** A page over one live query: loading, failed, and then whatever the data looks like. */
export function LivePage<T>(props: {
  title: string;
  lead?: string;
  query: Live<T>;
  children: (data: T) => ReactNode;
}) {
  const { title, lead, query } = props;
  if (query.isPending)
    return (
      <Page title={title}>
        <Loading what={title.toLowerCase()} />
      </Page>
    );
  if (query.data === undefined) {
    return (
      <Page title={title}>
        <ProblemNote problem={query.error ?? new Error("a query without data or error")} />
      </Page>
    );
  }
  return (
    <Page title={title} lead={lead} freshness={query}>
      {props.children(query.data)}
    </Page>
  );
}
