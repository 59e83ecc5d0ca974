import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CommunityDetail, type EndsLine, endsQuery } from "../../api/communities";
import { type Column, DataTable } from "../../components/DataTable";
import { ProblemNote } from "../../components/ProblemNote";
import { EndsDialog, endsWords } from "../../domain/EndsDialog";

/** When servers of the community and of its profiles sleep and end by themselves, and who decided that. */
export function Ends({ community }: { community: CommunityDetail }) {
  const ends = useQuery(endsQuery(community.id));
  const [deciding, setDeciding] = useState<EndsLine>();
  if (ends.error) return <ProblemNote problem={ends.error} />;
  if (!ends.data) return null;
  const { community: whole, profiles, bounds } = ends.data;
  return (
    <section aria-labelledby="ends">
      <h2 id="ends">When servers end by themselves</h2>
      <p className="quiet">
        What is decided for a profile counts before what is decided for the community. What computes
        is used.
      </p>
      <DataTable
        caption="When servers end by themselves"
        columns={columns(setDeciding)}
        items={[whole, ...profiles]}
        keyOf={(line) => line.profile ?? 0}
      />
      {deciding && (
        <EndsDialog
          community={community.id}
          line={deciding}
          bounds={bounds}
          onDone={() => setDeciding(undefined)}
        />
      )}
    </section>
  );
}

function columns(decide: (line: EndsLine) => void): Column<EndsLine>[] {
  return [
    {
      header: "For",
      cell: ({ profile, title }) => (profile === null ? "All of the community" : title),
    },
    { header: "Asleep after", cell: ({ freezeAfter }) => endsWords(freezeAfter, "never") },
    { header: "Without use", cell: ({ cullAfter }) => endsWords(cullAfter, "never") },
    { header: "Used or not", cell: ({ maxAge }) => endsWords(maxAge, "never") },
    { header: "Kept at most", cell: ({ keepAtMost }) => endsWords(keepAtMost, "not at all") },
    {
      header: "Change",
      cell: (line) => (
        <button type="button" onClick={() => decide(line)}>
          Decide<span className="unseen"> when servers of {line.title} end</span>
        </button>
      ),
    },
  ];
}
