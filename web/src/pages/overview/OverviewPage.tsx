import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { healthQuery } from "../../api/health";
import { jobsQuery } from "../../api/jobs";
import { type Overview, overviewQuery } from "../../api/overview";
import { providersQuery } from "../../api/sign-in";
import { Bar } from "../../components/Bar";
import { bytes, plural } from "../../components/format";
import { LivePage } from "../../components/LivePage";
import { When } from "../../components/When";
import { type Concern, concernsOf } from "../../domain/concerns";

/** Is all well? One sentence first, the figures behind it below. */
export function OverviewPage() {
  const overview = useQuery(overviewQuery);
  const jobs = useQuery(jobsQuery);
  const health = useQuery(healthQuery);
  const providers = useQuery(providersQuery);
  return (
    <LivePage title="Overview" query={overview}>
      {(data) => (
        <>
          <div aria-live="polite">
            <Verdict
              concerns={concernsOf(
                data,
                jobs.data?.items ?? [],
                providers.data?.items,
                health.data?.items,
              )}
            />
          </div>
          <Figures overview={data} />
        </>
      )}
    </LivePage>
  );
}

function Verdict({ concerns }: { concerns: Concern[] }) {
  if (concerns.length === 0) {
    return <p className="verdict verdict-good">All is well.</p>;
  }
  return (
    <section className="verdict verdict-bad" aria-labelledby="concerns">
      <h2 id="concerns">{plural(concerns.length, "thing")} to look at</h2>
      <ul>
        {concerns.map((concern) => (
          <li key={concern.what}>
            <strong>{concern.what}</strong> {concern.next}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { counts, disk, engine, memory } = overview;
  return (
    <div className="cards">
      <section className="card">
        <h2>Servers</h2>
        <p className="figure">{counts.readyServers}</p>
        <p>running{counts.startingServers > 0 && `, ${counts.startingServers} starting`}</p>
        <Link to="/servers">See all servers</Link>
      </section>
      <section className="card">
        <h2>People</h2>
        <p className="figure">{counts.users}</p>
        <p>{counts.users === 1 ? "person has" : "people have"} an account</p>
        <Link to="/people">See all people</Link>
      </section>
      <section className="card">
        <h2>Disk</h2>
        <Bar
          label="Disk in use"
          used={disk.totalBytes - disk.freeBytes}
          total={disk.totalBytes}
          words={`${bytes(disk.freeBytes)} of ${bytes(disk.totalBytes)} free`}
        />
      </section>
      <section className="card">
        <h2>Memory</h2>
        <Bar
          label="Memory in use"
          used={memory.totalBytes - memory.availableBytes}
          total={memory.totalBytes}
          words={`${bytes(memory.availableBytes)} of ${bytes(memory.totalBytes)} available`}
        />
      </section>
      {overview.devices.map((kind) => (
        <Devices key={kind.name} kind={kind} />
      ))}
      <section className="card">
        <h2>Platform</h2>
        <dl>
          <dt>Lyceum</dt>
          <dd>{overview.version}</dd>
          <dt>Started</dt>
          <dd>
            <When at={overview.startedAt} />
          </dd>
          <dt>Container engine</dt>
          <dd>{engine.reachable ? `Docker ${engine.version ?? ""}` : "does not answer"}</dd>
        </dl>
      </section>
      <Separation addresses={overview.addresses} />
    </div>
  );
}

/** Seats of one kind of device; a server that sleeps keeps its own. */
function Devices({ kind }: { kind: Overview["devices"][number] }) {
  const total = kind.units.length * kind.seats;
  const taken = kind.units.reduce((sum, unit) => sum + unit.taken, 0);
  return (
    <section className="card">
      <h2>{kind.label}</h2>
      <Bar
        label={`Seats of ${kind.label} taken`}
        used={taken}
        total={total}
        words={`${taken} of ${plural(total, "seat")} taken`}
        warnAt={2}
        alarmAt={2}
      />
      <dl>
        {kind.units.map((unit) => (
          <div key={unit.name}>
            <dt>{unit.name}</dt>
            <dd>
              {unit.taken} of {kind.seats}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What keeps a notebook's scripts away from the hub, as it is configured. */
function Separation({ addresses }: { addresses: Overview["addresses"] }) {
  return (
    <section className="card">
      <h2>Separation</h2>
      {addresses.userHosts ? (
        <p>
          Each person’s servers are on a host of their own below {addresses.url}. Scripts of a
          notebook are strangers to the hub and to other people’s notebooks.
        </p>
      ) : (
        <p>
          All servers are on the hub’s own host, so browsers take a notebook’s scripts for part of
          the hub. What keeps them out is a proof that only pages of the hub and the panel carry.
          The settings <code>hub.url</code> and <code>hub.user-hosts</code> give each person a host
          of their own, which is safer.
        </p>
      )}
    </section>
  );
}
