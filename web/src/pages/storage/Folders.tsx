import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CommunityDetail } from "../../api/communities";
import {
  type Folder,
  type FolderPage,
  foldersQuery,
  type Kind,
  subjectOf,
} from "../../api/storage";
import { Badge, type Tone } from "../../components/Badge";
import { Bar } from "../../components/Bar";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { bytes } from "../../components/format";
import { Loading } from "../../components/Loading";
import { ProblemNote } from "../../components/ProblemNote";
import { GroupFolderDialog, LimitDialog, NewLimitDialog } from "./dialogs";
import { Rules } from "./Rules";
import { type Asking, KINDS, ofBytes, ofFiles, origin } from "./words";

type Props = { community: CommunityDetail; kind: Kind; platform: boolean };

/** The folders of one kind in a community, with the rules that decide their limits. */
export function Folders({ community, kind, platform }: Props) {
  const folders = useInfiniteQuery(foldersQuery(community.id, kind));
  const [asking, setAsking] = useState<Asking>();
  const [adding, setAdding] = useState(false);
  const [making, setMaking] = useState(false);
  if (folders.isPending) return <Loading what="folders" />;
  const page = folders.data?.pages[0];
  const items = folders.data?.pages.flatMap((each) => each.items) ?? [];
  if (page === undefined) return folders.error && <ProblemNote problem={folders.error} />;
  const props = { id: community.id, kind, rules: page.rules };
  return (
    <>
      {folders.error && <ProblemNote problem={folders.error} />}
      <Standard page={page} kind={kind} title={community.title} />
      <div className="actions actions-start">
        {platform && (
          <button
            type="button"
            onClick={() => setAsking({ subject: { scope: "COMMUNITY" }, title: "everybody" })}
          >
            Change the community's limit
          </button>
        )}
        {kind !== "SHARED" && (
          <button type="button" onClick={() => setAdding(true)}>
            Set a limit for {kind === "GROUP" ? "a group" : "a person or group"}
          </button>
        )}
      </div>
      {kind === "GROUP" && (
        <p>
          <button type="button" onClick={() => setMaking(true)}>
            Give a group a folder
          </button>
        </p>
      )}
      <Rules {...props} folders={items} platform={platform} onChange={setAsking} />
      <FolderTable kind={kind} items={items} onChange={setAsking} />
      {folders.hasNextPage && (
        <p>
          <button type="button" onClick={() => void folders.fetchNextPage()}>
            Show more folders
          </button>
        </p>
      )}
      {asking && <LimitDialog {...props} asking={asking} onDone={() => setAsking(undefined)} />}
      {making && <GroupFolderDialog id={community.id} onDone={() => setMaking(false)} />}
      {adding && <NewLimitDialog {...props} onDone={() => setAdding(false)} />}
    </>
  );
}

function Standard({ page, kind, title }: { page: FolderPage; kind: Kind; title: string }) {
  const each = KINDS.find((one) => one.kind === kind)?.each ?? "each folder";
  return (
    <section className="card" aria-label="Limits">
      <p>
        In {title}, {each} may hold <strong>{ofBytes(page.standardBytes.hard)}</strong> and{" "}
        {ofFiles(page.standardInodes.hard)}
        {page.standardBytes.from === "PLATFORM" && " (built in)"}. All its folders together hold{" "}
        {bytes(page.heldBytes)}.
      </p>
      {page.enforced && !page.inodesEnforced && (
        <p className="quiet">
          Files are not counted here; each takes some bytes, so the limit on bytes bounds them.
        </p>
      )}
      {!page.enforced && (
        <p className="note note-warn">On this machine limits are shown and not enforced.</p>
      )}
    </section>
  );
}

function FolderTable(props: { kind: Kind; items: Folder[]; onChange: (asking: Asking) => void }) {
  if (props.items.length === 0) {
    return (
      <EmptyState title="No folder yet">
        {props.kind === "GROUP"
          ? "A group has a folder once you give it one; its members find it in ~/groups."
          : "A folder is made when somebody starts a server that uses it."}
      </EmptyState>
    );
  }
  const columns: Column<Folder>[] = [
    { header: "Whose", cell: nameOf },
    { header: "Holds", cell: (folder) => <Held folder={folder} /> },
    { header: "Limit from", cell: ({ bytesLimit }) => origin(bytesLimit) },
    {
      header: "Actions",
      cell: (folder) => (
        <button
          type="button"
          aria-label={`Change limit: ${nameOf(folder)}`}
          onClick={() =>
            props.onChange({ subject: subjectOf(props.kind, folder), title: nameOf(folder) })
          }
        >
          Change limit
        </button>
      ),
    },
  ];
  return (
    <>
      <h2>Folders, the largest first</h2>
      <DataTable caption="Folders" columns={columns} items={props.items} keyOf={({ id }) => id} />
    </>
  );
}

const nameOf = ({ owner, ownerId }: Folder) =>
  owner ?? (ownerId === 0 ? "The community" : `Number ${ownerId}, who is gone`);

const LEVELS: Record<Folder["level"], { tone: Tone; word: string } | null> = {
  FINE: null,
  HIGH: { tone: "warn", word: "Filling up" },
  NEARLY_FULL: { tone: "bad", word: "Nearly full" },
  FULL: { tone: "bad", word: "Full" },
};

function Held({ folder }: { folder: Folder }) {
  const { bytesLimit, inodesLimit, inodes } = folder;
  const level = LEVELS[folder.level];
  return (
    <>
      {bytesLimit.hard === 0 ? (
        <p>{bytes(folder.bytes)}, no limit</p>
      ) : (
        <Bar
          label={`Used by ${nameOf(folder)}`}
          used={folder.bytes}
          total={bytesLimit.hard}
          words={`${bytes(folder.bytes)} of ${bytes(bytesLimit.hard)}`}
          warnAt={bytesLimit.warning / bytesLimit.hard}
        />
      )}
      {inodes !== null && (
        <p className="quiet small">
          {inodes.toLocaleString("en")} of {ofFiles(inodesLimit.hard)}
        </p>
      )}
      {level && <Badge tone={level.tone}>{level.word}</Badge>}
    </>
  );
}
