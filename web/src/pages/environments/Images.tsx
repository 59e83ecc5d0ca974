import { useState } from "react";
import { pullImage } from "../../api/builds";
import {
  type EnvironmentDetail,
  goBack,
  promoteTrial,
  type Trial,
  tryImage,
} from "../../api/catalog";
import { ApiProblem } from "../../api/client";
import { Badge, type Tone } from "../../components/Badge";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { bytes, plural, took } from "../../components/format";
import { ProblemNote } from "../../components/ProblemNote";
import { Reference } from "../../components/Reference";
import { When } from "../../components/When";
import { useChange } from "../../domain/useChange";

type Props = { id: number; environment: EnvironmentDetail; platform: boolean };

const STATES: Record<Trial["state"], [string, Tone]> = {
  WAITING: ["Waits to be tried", "busy"],
  RUNNING: ["Being tried", "busy"],
  PASSED: ["Passed", "good"],
  FAILED: ["Not passed", "bad"],
};

/** The images that were tried for an environment, and the ways forth and back. */
export function Images({ id, environment, platform }: Props) {
  const [asking, setAsking] = useState(false);
  const back = useChange(
    () => goBack(id, environment),
    "People get the image they had before; what runs goes on.",
  );
  const { trials } = environment;
  const good = trials.filter((each) => each.promotedAt && !each.failure && !each.current);
  return (
    <>
      <div className="actions actions-start">
        <button type="button" onClick={() => setAsking(true)}>
          Try another image<span className="unseen"> for {environment.title}</span>
        </button>
        {good.length > 0 && (
          <button type="button" disabled={back.isPending} onClick={() => back.mutate(undefined)}>
            Back to the previous image<span className="unseen"> of {environment.title}</span>
          </button>
        )}
      </div>
      {back.error && <ProblemNote problem={back.error} />}
      {trials.length > 0 && (
        <details open={trials[0]?.endedAt === null || Boolean(trials[0]?.failure)}>
          <summary>{plural(trials.length, "image")} tried</summary>
          <ul className="trials" aria-live="polite">
            {trials.map((trial) => (
              <TrialItem
                key={trial.id}
                id={id}
                environment={environment}
                trial={trial}
                platform={platform}
              />
            ))}
          </ul>
        </details>
      )}
      {asking && <TryDialog id={id} environment={environment} onDone={() => setAsking(false)} />}
    </>
  );
}

function TrialItem({ id, environment, trial, platform }: Props & { trial: Trial }) {
  const promote = useChange(
    () => promoteTrial(id, environment, trial),
    "People get this image from now on.",
  );
  const [word, tone] = STATES[trial.state];
  const measured = [
    trial.startMillis !== null && `answers after ${took(trial.startMillis)}`,
    trial.memoryBytes !== null && `uses ${bytes(trial.memoryBytes)}`,
    trial.packages > 0 && plural(trial.packages, "package"),
  ].filter(Boolean);
  return (
    <li>
      <p>
        <Reference>{trial.image}</Reference> <Badge tone={tone}>{word}</Badge>{" "}
        {trial.current && <Badge tone="plain">What people get</Badge>}{" "}
        <span className="quiet small">
          asked for <When at={trial.askedAt} />
        </span>
      </p>
      {measured.length > 0 && <p className="quiet small">{measured.join(", ")}</p>}
      {trial.failure && <p className="note note-bad trial-failure">{trial.failure}</p>}
      {platform && trial.state === "FAILED" && !trial.current && (
        <button
          type="button"
          disabled={promote.isPending}
          onClick={() => promote.mutate(undefined)}
        >
          Use it all the same
        </button>
      )}
      {promote.error && <ProblemNote problem={promote.error} />}
    </li>
  );
}

function TryDialog(props: { id: number; environment: EnvironmentDetail; onDone: () => void }) {
  const { id, environment, onDone } = props;
  const ask = useChange(
    (image: string) => tryImage(id, environment, image),
    "The image is being tried; people get it when it has passed.",
    onDone,
  );
  const fetching = useChange(
    (image: string) => pullImage(id, environment, image),
    "The image is in line to be fetched, and is tried then.",
    onDone,
  );
  const missing = ask.error instanceof ApiProblem && ask.error.code === "image.missing";
  return (
    <FormDialog
      title={`Another image for ${environment.title}`}
      submit="Try it"
      busy={ask.isPending || fetching.isPending}
      problem={fetching.error ?? ask.error}
      onSubmit={(fields) => ask.mutate(String(fields.get("image") ?? "").trim())}
      onCancel={onDone}
    >
      <p>
        It is started as people's servers are: it must answer, run a cell and write a file. Until it
        has passed, people get what they have now.
      </p>
      <Field
        label="Image"
        name="image"
        required
        defaultValue={environment.image}
        hint="As name:tag or name@digest."
      />
      {missing && (
        <button
          type="button"
          disabled={fetching.isPending}
          onClick={() => ask.variables && fetching.mutate(ask.variables)}
        >
          Fetch it from its registry
        </button>
      )}
    </FormDialog>
  );
}
