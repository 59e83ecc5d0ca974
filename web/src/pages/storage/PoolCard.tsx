import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Disk, growPool, type Pool, poolQuery } from "../../api/storage";
import { Bar } from "../../components/Bar";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { bytes } from "../../components/format";
import { Loading } from "../../components/Loading";
import { ProblemNote } from "../../components/ProblemNote";
import { When } from "../../components/When";
import { useChange } from "../../domain/useChange";
import { enforcedBy } from "./words";

const GIB = 1024 ** 3;

/** Where all files lie: how much room there is, what keeps the limits, and making it larger. */
export function PoolCard() {
  const pool = useQuery(poolQuery);
  const [growing, setGrowing] = useState(false);
  if (pool.isPending) return <Loading what="the pool" />;
  return (
    <section className="card" aria-labelledby="pool">
      <h2 id="pool">The pool</h2>
      {pool.error && <ProblemNote problem={pool.error} />}
      {pool.data && (
        <>
          {!pool.data.enforced && (
            <p className="note note-warn">
              Limits are shown and <strong>not enforced</strong> here: one person can fill the disk.
              The administrators' guide says what this machine would need.
            </p>
          )}
          <Room pool={pool.data} />
          <Growth pool={pool.data} onGrow={() => setGrowing(true)} />
          {pool.data.snapshots && <EarlierVersions use={pool.data.snapshots} />}
          <Disks disks={pool.data.disks} />
          <Tried pool={pool.data} />
          {growing && <GrowDialog pool={pool.data} onDone={() => setGrowing(false)} />}
        </>
      )}
    </section>
  );
}

function Room({ pool }: { pool: Pool }) {
  return (
    <>
      <Bar
        label="Pool in use"
        used={pool.totalBytes - pool.availableBytes}
        total={pool.totalBytes}
        words={`${bytes(pool.availableBytes)} of ${bytes(pool.totalBytes)} free`}
      />
      <dl>
        <dt>Limits are kept by</dt>
        <dd>{enforcedBy(pool)}</dd>
        <dt>Files lie at</dt>
        <dd>
          <code>{pool.place}</code>
        </dd>
      </dl>
    </>
  );
}

/** What snapshots take of their share, as of the last look. */
function EarlierVersions({ use }: { use: NonNullable<Pool["snapshots"]> }) {
  return (
    <>
      <h3>Earlier versions</h3>
      <Bar
        label="Earlier versions of files"
        used={use.bytes}
        total={use.shareBytes}
        words={`${bytes(use.bytes)} of the ${bytes(use.shareBytes)} that earlier versions may take`}
      />
      <p className="quiet">
        Looked at <When at={use.at} />. They are in nobody's limit; above their share the oldest go.
      </p>
      {use.without > 0 && (
        <p className="note note-warn">
          {use.without === 1 ? "One folder has" : `${use.without} folders have`} changed and got no
          new version: a copy did not fit. Make the pool larger, or raise{" "}
          <code>storage.snapshots-share</code>.
        </p>
      )}
    </>
  );
}

const PURPOSES = {
  FILES: "People's files",
  IMAGES: "Images of environments",
  RECORDS: "Database and logs",
};

function stopped({ purpose, level }: Disk): string | null {
  if (level === "FINE") return null;
  if (purpose === "FILES")
    return "The pool is nearly full: people who write are stopped at its end.";
  return level === "HIGH"
    ? "No servers are prepared ahead any more. Make room before it is 95 % full."
    : "No server starts until there is room again. What runs goes on.";
}

/** The machine's disks by what their room is for, with what is stopped because of them. */
function Disks({ disks }: { disks: Disk[] }) {
  return (
    <>
      <h3>Disks of this machine</h3>
      {disks.map((disk) => {
        const words = stopped(disk);
        return (
          <div key={disk.purpose}>
            <Bar
              label={PURPOSES[disk.purpose]}
              used={disk.totalBytes - disk.availableBytes}
              total={disk.totalBytes}
              words={`${PURPOSES[disk.purpose]}: ${bytes(disk.availableBytes)} of ${bytes(disk.totalBytes)} free`}
              warnAt={0.9}
            />
            {words && <p className="note note-warn">{words}</p>}
          </div>
        );
      })}
    </>
  );
}

function Growth({ pool, onGrow }: { pool: Pool; onGrow: () => void }) {
  if (!pool.image) {
    return (
      <p className="quiet">
        The pool is a directory of the machine's disk: it grows when the disk does.
      </p>
    );
  }
  const { growth } = pool;
  const goesOn = growth !== null && growth.endedAt === null;
  return (
    <>
      <div role="status">
        {growth && goesOn && (
          <p>
            Growing to {bytes(growth.bytes)}, begun <When at={growth.startedAt} />. People can work
            meanwhile.
          </p>
        )}
        {growth?.endedAt && !growth.failure && (
          <p>
            It grew to {bytes(growth.bytes)}, <When at={growth.endedAt} />.
          </p>
        )}
        {growth?.failure && (
          <p className="note note-warn">
            It did not grow to {bytes(growth.bytes)}: {growth.failure}. Nothing is lost; make room
            on the disk and try again.
          </p>
        )}
      </div>
      <p>
        <button type="button" disabled={goesOn} onClick={onGrow}>
          Make the pool larger
        </button>
      </p>
    </>
  );
}

function Tried({ pool }: { pool: Pool }) {
  if (pool.tried.length === 0) return null;
  return (
    <details>
      <summary>What was tried on this machine</summary>
      <ul>
        {pool.tried.map(({ what, worked, words }) => (
          <li key={what}>
            <strong>{what}</strong>: {worked ? "works" : "does not work"}, {words}
          </li>
        ))}
      </ul>
    </details>
  );
}

function GrowDialog({ pool, onDone }: { pool: Pool; onDone: () => void }) {
  const grow = useChange(growPool, "The pool is being made larger.", onDone);
  const most = Math.floor((pool.largestBytes / GIB) * 10) / 10;
  return (
    <FormDialog
      title="Make the pool larger"
      submit="Make it larger"
      busy={grow.isPending}
      problem={grow.error}
      onSubmit={(fields) => grow.mutate(Math.floor(Number(fields.get("size")) * GIB))}
      onCancel={onDone}
    >
      <p>
        It has {bytes(pool.totalBytes)}. The disk allows {most} GiB. The room is the pool's from
        then on: it never shrinks.
      </p>
      <Field label="Size (GiB)" name="size" type="number" required step="any" min={0} max={most} />
    </FormDialog>
  );
}
