import { useEffect, useRef, useState } from "react";
import {
  type Build,
  buildNow,
  cancelBuild,
  followLog,
  removeSource,
  type Source,
} from "../../api/builds";
import type { EnvironmentDetail } from "../../api/catalog";
import { Badge, type Tone } from "../../components/Badge";
import { plural } from "../../components/format";
import { ProblemNote } from "../../components/ProblemNote";
import { Reference } from "../../components/Reference";
import { When } from "../../components/When";
import { useChange } from "../../domain/useChange";
import { SourceDialog } from "./SourceDialog";

type Props = { id: number; environment: EnvironmentDetail; source: Source | undefined };

const STATES: Record<Build["state"], [string, Tone]> = {
  WAITING: ["In line", "busy"],
  RUNNING: ["Being built", "busy"],
  BUILT: ["Built", "good"],
  FAILED: ["Failed", "bad"],
  CANCELLED: ["Cancelled", "plain"],
  INTERRUPTED: ["Interrupted", "bad"],
};

/** The repository that an environment is built from, and its builds. */
export function Builds({ id, environment, source }: Props) {
  const [asking, setAsking] = useState(false);
  const build = useChange(
    () => buildNow(id, environment.id),
    "The build is in line; people get its image when that has passed its trial.",
  );
  const remove = useChange(
    () => removeSource(id, environment.id),
    "The environment is built from no repository any more.",
  );
  const open = source?.builds.some((each) => each.endedAt === null) ?? false;
  return (
    <section aria-label={`Repository of ${environment.title}`}>
      {source && (
        <p>
          Built from <Reference>{source.url}</Reference>
          {source.reference && (
            <>
              {" at "}
              <Reference>{source.reference}</Reference>
            </>
          )}
        </p>
      )}
      {source?.publicKey && (
        <details>
          <summary>Deploy key</summary>
          <p className="small">
            Enter this key at the repository's host, for reading only. The other half never leaves
            this machine.
          </p>
          <pre className="log">{source.publicKey}</pre>
        </details>
      )}
      <div className="actions actions-start">
        {source && (
          <button
            type="button"
            disabled={open || build.isPending}
            onClick={() => build.mutate(undefined)}
          >
            Build now<span className="unseen"> {environment.title}</span>
          </button>
        )}
        <button type="button" onClick={() => setAsking(true)}>
          {source ? "Another repository" : "Build from a repository"}
          <span className="unseen"> for {environment.title}</span>
        </button>
        {source && (
          <button
            type="button"
            disabled={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            Forget the repository<span className="unseen"> of {environment.title}</span>
          </button>
        )}
      </div>
      {build.error && <ProblemNote problem={build.error} />}
      {remove.error && <ProblemNote problem={remove.error} />}
      {source && source.builds.length > 0 && (
        <details open={open || source.builds[0]?.state === "FAILED"}>
          <summary>{plural(source.builds.length, "build")}</summary>
          <ul className="trials" aria-live="polite">
            {source.builds.map((each) => (
              <BuildItem key={each.id} id={id} environment={environment.id} build={each} />
            ))}
          </ul>
        </details>
      )}
      {asking && (
        <SourceDialog
          id={id}
          environment={environment}
          source={source}
          onDone={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function BuildItem({ id, environment, build }: { id: number; environment: number; build: Build }) {
  const [reading, setReading] = useState(build.state === "RUNNING");
  const cancel = useChange(() => cancelBuild(id, environment, build), "The build is cancelled.");
  const [word, tone] = STATES[build.state];
  return (
    <li>
      <p>
        <Badge tone={tone}>{word}</Badge>{" "}
        {build.commit && <Reference>{build.commit.slice(0, 12)}</Reference>}{" "}
        <span className="quiet small">
          asked for <When at={build.askedAt} />
        </span>
      </p>
      {build.state === "WAITING" && (
        <p className="quiet small">
          {build.ahead === 0 ? "It is next." : `${plural(build.ahead, "build")} before it.`}
        </p>
      )}
      {build.state === "RUNNING" && <p className="quiet small">{build.step}</p>}
      {build.failure && <p className="note note-bad trial-failure">{build.failure}</p>}
      <div className="actions actions-start">
        {build.endedAt === null && (
          <button
            type="button"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate(undefined)}
          >
            Cancel<span className="unseen"> this build</span>
          </button>
        )}
        <button type="button" aria-expanded={reading} onClick={() => setReading(!reading)}>
          {reading ? "Hide the log" : "Show the log"}
        </button>
      </div>
      {cancel.error && <ProblemNote problem={cancel.error} />}
      {reading && <Log key={build.state} id={id} environment={environment} build={build.id} />}
    </li>
  );
}

/** What one log may take of the page; what came before is in the log itself. */
const MAX_SHOWN = 200_000;

function Log(props: { id: number; environment: number; build: number }) {
  const { id, environment, build } = props;
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Error>();
  const end = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const gone = new AbortController();
    setText("");
    followLog(
      id,
      environment,
      build,
      (more) => setText((before) => (before + more).slice(-MAX_SHOWN)),
      gone.signal,
    ).catch((error: unknown) => {
      if (!gone.signal.aborted) setProblem(error instanceof Error ? error : new Error("no log"));
    });
    return () => gone.abort();
  }, [id, environment, build]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new text is scrolled to
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight;
  }, [text]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keyboard */}
      <pre className="log" ref={end} role="log" aria-label="Log of the build" tabIndex={0}>
        {text || "Nothing is written yet."}
      </pre>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}
