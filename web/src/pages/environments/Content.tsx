import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ProfileDetail } from "../../api/catalog";
import type { CommunityDetail } from "../../api/communities";
import { type ContentLine, contentQuery, removeContent } from "../../api/content";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { type Column, DataTable } from "../../components/DataTable";
import { ProblemNote } from "../../components/ProblemNote";
import { useCopy } from "../../components/useCopy";
import { useChange } from "../../domain/useChange";
import { ContentDialog } from "./ContentDialog";
import { LinkMaker } from "./LinkMaker";

type Asking = { about: "edit" | "remove" | "link"; line?: ContentLine };

type Props = { community: CommunityDetail; profiles: ProfileDetail[] };

/** Repositories whose files come into people's homes, and links that bring some. */
export function Content({ community, profiles }: Props) {
  const content = useQuery(contentQuery(community.id));
  const [asking, setAsking] = useState<Asking>();
  const done = () => setAsking(undefined);
  const items = content.data?.items ?? [];
  return (
    <section aria-labelledby="home-files">
      <h2 id="home-files">Files for homes</h2>
      <p className="quiet">
        Brought into people's homes when their servers start, from Git repositories, with every
        image. What people have changed stays as it is.
      </p>
      {content.error && <ProblemNote problem={content.error} />}
      {content.data && items.length === 0 && (
        <p>There are none yet. Attach the repository of a course, or make a link for its page.</p>
      )}
      {items.length > 0 && (
        <DataTable
          caption="Repositories whose files come into homes"
          columns={columns(profiles, setAsking)}
          items={items}
          keyOf={(line) => line.id}
        />
      )}
      <div className="actions actions-start">
        <button type="button" onClick={() => setAsking({ about: "edit" })}>
          Attach a repository
        </button>
        <button type="button" onClick={() => setAsking({ about: "link" })}>
          Make a link
        </button>
      </div>
      {asking?.about === "edit" && (
        <ContentDialog id={community.id} line={asking.line} profiles={profiles} onDone={done} />
      )}
      {asking?.about === "remove" && asking.line && (
        <RemoveDialog id={community.id} line={asking.line} onDone={done} />
      )}
      {asking?.about === "link" && (
        <LinkMaker community={community} line={asking.line} onDone={done} />
      )}
    </section>
  );
}

function columns(profiles: ProfileDetail[], ask: (asking: Asking) => void): Column<ContentLine>[] {
  return [
    { header: "Folder", cell: ({ folder }) => folder },
    {
      header: "Repository",
      cell: ({ url, reference }) => (reference === "" ? url : `${url}, ${reference}`),
    },
    {
      header: "For",
      cell: ({ profile }) =>
        profile === null
          ? "Every server"
          : (profiles.find(({ id }) => id === profile)?.title ?? "A profile"),
    },
    {
      header: "Key",
      cell: ({ publicKey }) => (publicKey === null ? "None" : <PublicKey publicKey={publicKey} />),
    },
    {
      header: "Change",
      cell: (line) => (
        <div className="actions actions-start">
          <button type="button" onClick={() => ask({ about: "link", line })}>
            Link<span className="unseen"> to {line.folder}</span>
          </button>
          <button type="button" onClick={() => ask({ about: "edit", line })}>
            Edit<span className="unseen"> {line.folder}</span>
          </button>
          <button type="button" onClick={() => ask({ about: "remove", line })}>
            Remove<span className="unseen"> {line.folder}</span>
          </button>
        </div>
      ),
    },
  ];
}

function PublicKey({ publicKey }: { publicKey: string }) {
  const copy = useCopy();
  return (
    <details>
      <summary>Deploy key</summary>
      <p className="small">Enter it at the repository's host, to read only:</p>
      <pre className="log">{publicKey}</pre>
      <button type="button" onClick={() => void copy(publicKey)}>
        Copy the key
      </button>
    </details>
  );
}

function RemoveDialog(props: { id: number; line: ContentLine; onDone: () => void }) {
  const { id, line, onDone } = props;
  const remove = useChange(() => removeContent(id, line), "It is brought no more.", onDone);
  return (
    <ConfirmDialog
      title={`Bring ${line.folder} no more?`}
      confirm="Remove it"
      busy={remove.isPending}
      onConfirm={() => remove.mutate(undefined)}
      onCancel={onDone}
    >
      <p>What is in people's homes stays. Its key, if it has one, is forgotten.</p>
      {remove.error && <ProblemNote problem={remove.error} />}
    </ConfirmDialog>
  );
}
