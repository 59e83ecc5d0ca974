import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { linkFor, type PasswordLink, type Person, peopleQuery } from "../../api/people";
import { Badge } from "../../components/Badge";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { LivePage } from "../../components/LivePage";
import { ProblemNote } from "../../components/ProblemNote";
import { When } from "../../components/When";
import { PasswordLinkDialog } from "../../domain/PasswordLinkDialog";
import { useChange } from "../../domain/useChange";
import { TakeAwayDialog } from "./TakeAwayDialog";

const columns = (
  onLink: (person: Person) => void,
  onTakeAway: (person: Person) => void,
): Column<Person>[] => [
  { header: "Name", cell: (person) => person.name },
  {
    header: "Role",
    cell: (person) =>
      person.admin ? <Badge tone="busy">Administrator</Badge> : <Badge tone="plain">User</Badge>,
  },
  { header: "Second factor", cell: (person) => (person.secondFactor ? "set up" : "none") },
  { header: "Last active", cell: (person) => <When at={person.lastActivityAt} /> },
  { header: "Since", cell: (person) => <When at={person.createdAt} /> },
  {
    header: "Actions",
    cell: (person) => (
      <>
        <button
          type="button"
          aria-label={`Password link: ${person.name}`}
          onClick={() => onLink(person)}
        >
          Password link
        </button>
        {person.secondFactor && (
          <button
            type="button"
            aria-label={`Remove second factor: ${person.name}`}
            onClick={() => onTakeAway(person)}
          >
            Remove second factor
          </button>
        )}
      </>
    ),
  },
];

/** Everybody who has an account on this platform. */
export function PeoplePage() {
  const people = useInfiniteQuery(peopleQuery);
  const [losing, setLosing] = useState<Person>();
  const [link, setLink] = useState<PasswordLink>();
  const ask = useChange(async (person: Person) => {
    setLink(await linkFor(person));
  }, "A link is made.");
  return (
    <LivePage title="People" query={people} lead="Everybody who may sign in.">
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <NoPeople />;
        return (
          <>
            <DataTable
              caption="People"
              columns={columns((person) => ask.mutate(person), setLosing)}
              items={items}
              keyOf={(person) => person.id}
            />
            {ask.error && <ProblemNote problem={ask.error} />}
            {link && <PasswordLinkDialog link={link} onClose={() => setLink(undefined)} />}
            {losing && (
              <TakeAwayDialog
                person={losing}
                onDone={() => {
                  setLosing(undefined);
                  void people.refetch();
                }}
                onCancel={() => setLosing(undefined)}
              />
            )}
            {people.hasNextPage && (
              <button
                type="button"
                disabled={people.isFetchingNextPage}
                onClick={() => void people.fetchNextPage()}
              >
                Show more people
              </button>
            )}
          </>
        );
      }}
    </LivePage>
  );
}

function NoPeople() {
  return (
    <EmptyState title="Nobody has an account yet">
      <p>
        The first account is made with the setup link that the platform prints when it starts.
        “installer/lyceum status” on the machine says how to get a new one.
      </p>
    </EmptyState>
  );
}
