import { useId } from "react";
import type { Choice, EnvironmentDetail, FreeImage, Machine, Option } from "../../api/catalog";
import { Field } from "../../components/Field";
import { DeviceField } from "./DeviceField";
import { GIB } from "./words";

type Edit<T> = { at: T; onChange: (next: T) => void };

/** The questions a profile asks. Each is a menu; one may also take an image that is typed. */
export function OptionsEditor(props: {
  options: Option[];
  environments: EnvironmentDetail[];
  machine: Machine;
  onChange: (next: Option[]) => void;
}) {
  const { options, environments, machine, onChange } = props;
  return (
    <fieldset>
      <legend>Questions</legend>
      {options.length === 0 && <p className="quiet">It asks nothing.</p>}
      {options.map((option, n) => (
        <OptionFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place while it is edited
          key={n}
          number={n + 1}
          at={option}
          environments={environments}
          machine={machine}
          onChange={(next) => onChange(options.map((each, m) => (m === n ? next : each)))}
          onRemove={() => onChange(options.filter((_, m) => m !== n))}
        />
      ))}
      <div className="actions actions-start">
        <button
          type="button"
          onClick={() =>
            onChange([
              ...options,
              { name: "", title: "", choices: [newChoice(true)], freeImage: null },
            ])
          }
        >
          Ask something
        </button>
      </div>
    </fieldset>
  );
}

function newChoice(initial: boolean): Choice {
  return {
    name: "",
    title: "",
    initial,
    environment: null,
    memoryBytes: null,
    promisedBytes: null,
    milliCpus: null,
    device: null,
  };
}

function OptionFields(
  props: Edit<Option> & {
    number: number;
    environments: EnvironmentDetail[];
    machine: Machine;
    onRemove: () => void;
  },
) {
  const { at, number, environments, machine, onChange, onRemove } = props;
  const choices = (next: Choice[]) => onChange({ ...at, choices: next });
  return (
    <fieldset>
      <legend>Question {number}</legend>
      <Text label="Question" at={at.title} onChange={(title) => onChange({ ...at, title })} />
      <Text label="Name of it" at={at.name} onChange={(name) => onChange({ ...at, name })} />
      {at.choices.map((choice, n) => (
        <ChoiceFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place while it is edited
          key={n}
          number={n + 1}
          at={choice}
          environments={environments}
          machine={machine}
          onChange={(next) => choices(at.choices.map((each, m) => (m === n ? next : each)))}
          onFirst={() => choices(at.choices.map((each, m) => ({ ...each, initial: m === n })))}
          onRemove={() => choices(at.choices.filter((_, m) => m !== n))}
        />
      ))}
      <FreeImageFields at={at.freeImage} onChange={(freeImage) => onChange({ ...at, freeImage })} />
      <div className="actions actions-start">
        <button
          type="button"
          onClick={() => choices([...at.choices, newChoice(at.choices.length === 0)])}
        >
          Add an answer<span className="unseen"> to question {number}</span>
        </button>
        <button type="button" onClick={onRemove}>
          Remove<span className="unseen"> question {number}</span>
        </button>
      </div>
    </fieldset>
  );
}

function ChoiceFields(
  props: Edit<Choice> & {
    number: number;
    environments: EnvironmentDetail[];
    machine: Machine;
    onFirst: () => void;
    onRemove: () => void;
  },
) {
  const { at, number, environments, machine, onChange, onFirst, onRemove } = props;
  const environmentId = useId();
  return (
    <fieldset>
      <legend>Answer {number}</legend>
      <Text label="Answer" at={at.title} onChange={(title) => onChange({ ...at, title })} />
      <Text label="Name of it" at={at.name} onChange={(name) => onChange({ ...at, name })} />
      <div className="field">
        <label htmlFor={environmentId}>Environment</label>
        <select
          id={environmentId}
          value={at.environment ?? ""}
          onChange={(event) => onChange({ ...at, environment: Number(event.target.value) || null })}
        >
          <option value="">As the profile</option>
          {environments.map((each) => (
            <option key={each.id} value={each.id}>
              {each.title}
            </option>
          ))}
        </select>
      </div>
      <Amount
        label="Memory (GiB)"
        unit={GIB}
        at={at.memoryBytes}
        onChange={(memoryBytes) => onChange({ ...at, memoryBytes, promisedBytes: null })}
      />
      <Amount
        label="Cores"
        unit={1000}
        at={at.milliCpus}
        onChange={(milliCpus) => onChange({ ...at, milliCpus })}
      />
      <DeviceField
        machine={machine}
        at={at.device}
        nothing="As the profile"
        none
        onChange={(device) => onChange({ ...at, device })}
      />
      <label className="tick">
        <input type="checkbox" checked={at.initial} onChange={onFirst} />
        Picked at first
      </label>
      <button type="button" onClick={onRemove}>
        Remove<span className="unseen"> answer {number}</span>
      </button>
    </fieldset>
  );
}

function FreeImageFields({ at, onChange }: Edit<FreeImage | null>) {
  return (
    <>
      <label className="tick">
        <input
          type="checkbox"
          checked={at !== null}
          onChange={(event) =>
            onChange(
              event.target.checked ? { title: "Another image", pattern: "", advice: "" } : null,
            )
          }
        />
        Also takes an image that is typed
      </label>
      {at && (
        <>
          <Text label="Its label" at={at.title} onChange={(title) => onChange({ ...at, title })} />
          <Text
            label="Pattern that the image must match"
            at={at.pattern}
            onChange={(pattern) => onChange({ ...at, pattern })}
          />
          <Text
            label="What people read about it"
            at={at.advice}
            onChange={(advice) => onChange({ ...at, advice })}
          />
        </>
      )}
    </>
  );
}

function Text({ label, at, onChange }: Edit<string> & { label: string }) {
  return (
    <Field label={label} name="" value={at} onChange={(event) => onChange(event.target.value)} />
  );
}

function Amount({
  label,
  unit,
  at,
  onChange,
}: Edit<number | null> & { label: string; unit: number }) {
  return (
    <Field
      label={label}
      name=""
      type="number"
      step="any"
      min={0}
      value={at === null ? "" : at / unit}
      onChange={(event) => onChange(Math.round(Number(event.target.value) * unit) || null)}
      hint="Empty: as the profile."
    />
  );
}
