import { useQuery } from "@tanstack/react-query";
import {
  decideEnds,
  type EndsBounds,
  type EndsDecision,
  type EndsLine,
  type EndsTime,
  endsQuery,
} from "../api/communities";
import { Field } from "../components/Field";
import { FormDialog } from "../components/FormDialog";
import { every } from "../components/format";
import { ProblemNote } from "../components/ProblemNote";
import { useChange } from "./useChange";

const ORIGIN = {
  PROFILE: "decided for the profile",
  COMMUNITY: "decided for the community",
  PLATFORM: "as the platform",
};

/** `{ seconds: 7200, origin: "COMMUNITY" }` → `2 hours, decided for the community`. */
export function endsWords({ seconds, origin }: EndsTime, zero: string): string {
  return `${seconds === 0 ? zero : every(seconds)}, ${ORIGIN[origin]}`;
}

/** When servers of a community, or of one of its profiles, sleep and end by themselves. */
export function EndsDialog(props: {
  community: number;
  line: EndsLine;
  bounds: EndsBounds;
  onDone: () => void;
}) {
  const { community, line, bounds, onDone } = props;
  const change = useChange(
    (decision: EndsDecision) => decideEnds(community, line.profile, decision),
    "It counts from now on, for servers that run as well.",
    onDone,
  );
  return (
    <FormDialog
      title={`When servers of ${line.title} end`}
      submit="Save"
      busy={change.isPending}
      problem={change.error}
      onSubmit={(fields) =>
        change.mutate({
          cullAfterSeconds: seconds(fields, "cullAfter"),
          maxAgeSeconds: seconds(fields, "maxAge"),
          keepAtMostSeconds: seconds(fields, "keepAtMost"),
          freezeAfterSeconds: seconds(fields, "freezeAfter"),
        })
      }
      onCancel={onDone}
    >
      <p>
        In minutes. Empty: {line.profile === null ? "as the platform" : "as the community"}. People
        are warned ten minutes before an end; a server that sleeps keeps its memory and wakes at the
        first click.
      </p>
      <Minutes
        label="Without use"
        name="cullAfter"
        time={line.cullAfter}
        hint={`0: never. ${most(bounds.cullAfterSeconds)} Now: ${endsWords(line.cullAfter, "never")}.`}
      />
      <Minutes
        label="Used or not, after"
        name="maxAge"
        time={line.maxAge}
        hint={`0: never. ${most(bounds.maxAgeSeconds)} Now: ${endsWords(line.maxAge, "never")}.`}
      />
      <Minutes
        label="People can keep one that is not used for"
        name="keepAtMost"
        time={line.keepAtMost}
        hint={`0: not at all. At most ${every(bounds.keepAtMostSeconds)} here. Now: ${endsWords(line.keepAtMost, "not at all")}.`}
      />
      <Minutes
        label="Asleep when without use for"
        name="freezeAfter"
        time={line.freezeAfter}
        hint={`0: never. ${most(bounds.freezeAfterSeconds)} Now: ${endsWords(line.freezeAfter, "never")}.`}
      />
    </FormDialog>
  );
}

/** The same, where only the profile is known. */
export function ProfileEnds(props: { community: number; profile: number; onDone: () => void }) {
  const { community, profile, onDone } = props;
  const ends = useQuery(endsQuery(community));
  if (ends.error) return <ProblemNote problem={ends.error} />;
  const line = ends.data?.profiles.find((each) => each.profile === profile);
  return ends.data && line ? (
    <EndsDialog community={community} line={line} bounds={ends.data.bounds} onDone={onDone} />
  ) : null;
}

function Minutes(props: { label: string; name: string; time: EndsTime; hint: string }) {
  const { label, name, time, hint } = props;
  return (
    <Field
      label={label}
      name={name}
      type="number"
      min={0}
      max={525_600}
      step="any"
      defaultValue={time.ownSeconds === null ? "" : Math.round((time.ownSeconds / 60) * 100) / 100}
      hint={hint}
    />
  );
}

function most(seconds: number): string {
  return seconds === 0 ? "" : `At most ${every(seconds)} here.`;
}

function seconds(fields: FormData, name: string): number | null {
  const given = String(fields.get(name)).trim();
  return given === "" ? null : Math.round(Number(given) * 60);
}
