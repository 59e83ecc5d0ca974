import { useState } from "react";
import {
  type Catalog,
  type Machine,
  type Option,
  type ProfileBody,
  type ProfileDetail,
  saveProfile,
} from "../../api/catalog";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";
import { DeviceField, type DeviceWish } from "./DeviceField";
import { OptionsEditor } from "./OptionsEditor";
import { GIB, risk, size } from "./words";

type Props = {
  id: number;
  catalog: Catalog;
  platform: boolean;
  profile: ProfileDetail | undefined;
  onDone: () => void;
};

/** One profile: environment, size, questions, and whom it is for. */
export function ProfileDialog({ id, catalog, platform, profile, onDone }: Props) {
  const [options, setOptions] = useState<Option[]>(profile?.options ?? []);
  const [device, setDevice] = useState<DeviceWish | null>(profile?.device ?? null);
  const save = useChange(
    (fields: FormData) => saveProfile(id, bodyOf(fields, options, device, profile), profile),
    "The profile is saved; people see it at once.",
    onDone,
  );
  return (
    <FormDialog
      title={profile ? `Profile ${profile.title}` : "New profile"}
      submit="Save"
      busy={save.isPending}
      problem={save.error}
      onSubmit={save.mutate}
      onCancel={onDone}
    >
      <p>Servers that run keep what they started with.</p>
      <Field label="Title" name="title" required defaultValue={profile?.title} />
      <Field
        label="Name"
        name="name"
        required
        defaultValue={profile?.name}
        hint="What programs say; letters, digits, dots and dashes."
      />
      <Field label="Description" name="description" defaultValue={profile?.description} />
      <div className="field">
        <label htmlFor="environment">Environment</label>
        <select id="environment" name="environment" defaultValue={profile?.environment}>
          {catalog.environments.map((each) => (
            <option key={each.id} value={each.id}>
              {each.title}
            </option>
          ))}
        </select>
      </div>
      <RuntimeField catalog={catalog} profile={profile} />
      <label className="tick">
        <input
          type="checkbox"
          name="offline"
          defaultChecked={profile?.network === "none"}
          aria-describedby="offline-hint"
        />
        Without a network
      </label>
      <p className="quiet small" id="offline-hint">
        For exams and for data that must not leave: programs in these servers reach nothing outside,
        not even to install packages. They start without what waits ready, so in seconds.
      </p>
      <SizeFields machine={catalog.machine} platform={platform} profile={profile} />
      <DeviceField machine={catalog.machine} at={device} nothing="None" onChange={setDevice} />
      <OptionsEditor
        options={options}
        environments={catalog.environments}
        machine={catalog.machine}
        onChange={setOptions}
      />
      <AudienceFields catalog={catalog} profile={profile} />
    </FormDialog>
  );
}

/** Only where the operator offers other runtimes; says what does not hold under the chosen one. */
function RuntimeField({
  catalog,
  profile,
}: {
  catalog: Catalog;
  profile: ProfileDetail | undefined;
}) {
  const [name, setName] = useState(profile?.runtime ?? "");
  const names = catalog.runtimes.map((each) => each.name);
  if (name && !names.includes(name)) names.push(name);
  if (names.length === 0) return null;
  const chosen = catalog.runtimes.find((each) => each.name === name);
  return (
    <div className="field">
      <label htmlFor="runtime">Container runtime</label>
      <select
        id="runtime"
        name="runtime"
        value={name}
        onChange={(event) => setName(event.target.value)}
      >
        <option value="">The usual one</option>
        {names.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <div aria-live="polite">{name && <RuntimeNote runtime={chosen} />}</div>
    </div>
  );
}

function RuntimeNote({ runtime }: { runtime: Catalog["runtimes"][number] | undefined }) {
  if (!runtime) return <p className="note note-warn">The operator no longer offers it.</p>;
  if (!runtime.tried) {
    return <p className="note note-warn">Nobody has tried what holds under it.</p>;
  }
  return (
    <>
      <p>Servers start slower under it. What does not hold of them:</p>
      <ul>
        {runtime.gaps.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  );
}

function SizeFields(props: {
  machine: Machine;
  platform: boolean;
  profile: ProfileDetail | undefined;
}) {
  const { machine, platform, profile } = props;
  const usual = machine.sizes[Math.floor(machine.sizes.length / 2)];
  const [memory, setMemory] = useState((profile?.memoryBytes ?? usual?.memoryBytes ?? GIB) / GIB);
  const [milli, setMilli] = useState(profile?.milliCpus ?? usual?.milliCpus ?? 1000);
  const over = profile && profile.promisedBytes < profile.memoryBytes;
  const [promised, setPromised] = useState(over ? profile.promisedBytes / GIB : 0);
  const danger = risk(memory * GIB, promised * GIB, machine);
  return (
    <fieldset>
      <legend>Size</legend>
      {machine.sizes.length > 0 && (
        <div className="actions actions-start">
          {machine.sizes.map((each) => (
            <button
              key={each.memoryBytes}
              type="button"
              onClick={() => {
                setMemory(each.memoryBytes / GIB);
                setMilli(each.milliCpus);
                setPromised(0);
              }}
            >
              {size(each)} <span className="quiet">({each.fits} fit)</span>
            </button>
          ))}
        </div>
      )}
      <Field
        label="Memory (GiB)"
        name="memory"
        type="number"
        step="any"
        min={0.0625}
        required
        value={memory || ""}
        onChange={(event) => setMemory(Number(event.target.value))}
      />
      <Field
        label="Cores"
        name="cores"
        type="number"
        step="any"
        min={0.01}
        required
        value={milli ? milli / 1000 : ""}
        onChange={(event) => setMilli(Math.round(Number(event.target.value) * 1000))}
        hint={`This machine has ${machine.cores}. They are shared when all are busy.`}
      />
      {platform && (
        <Field
          label="Promise only (GiB)"
          name="promised"
          type="number"
          step="any"
          min={0}
          value={promised || ""}
          onChange={(event) => setPromised(Number(event.target.value))}
          hint="Empty: all of the memory is kept free for each server."
        />
      )}
      <div aria-live="polite">{danger && <p className="note note-warn">{danger}</p>}</div>
    </fieldset>
  );
}

function AudienceFields({
  catalog,
  profile,
}: {
  catalog: Catalog;
  profile: ProfileDetail | undefined;
}) {
  const [everybody, setEverybody] = useState(profile?.everybody ?? true);
  return (
    <fieldset>
      <legend>Whom it is for</legend>
      <label className="tick">
        <input
          type="checkbox"
          name="everybody"
          checked={everybody}
          onChange={(event) => setEverybody(event.target.checked)}
        />
        Everybody in the community
      </label>
      {!everybody && (
        <>
          <Ticks legend="Groups" name="group" all={catalog.groups} at={profile?.groups ?? []} />
          <Ticks legend="Roles" name="role" all={catalog.roles} at={profile?.roles ?? []} />
        </>
      )}
    </fieldset>
  );
}

function Ticks(props: { legend: string; name: string; all: string[]; at: string[] }) {
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      {props.all.length === 0 && <p className="quiet">There are none yet.</p>}
      {props.all.map((each) => (
        <label className="tick" key={each}>
          <input
            type="checkbox"
            name={props.name}
            value={each}
            defaultChecked={props.at.includes(each)}
          />
          {each}
        </label>
      ))}
    </fieldset>
  );
}

function bodyOf(
  fields: FormData,
  options: Option[],
  device: DeviceWish | null,
  profile: ProfileDetail | undefined,
): ProfileBody {
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const memoryBytes = Math.round(Number(text("memory")) * GIB);
  const promised = Math.round(Number(text("promised")) * GIB);
  const kept = fields.has("promised") ? promised : (profile?.promisedBytes ?? 0);
  return {
    name: text("name"),
    title: text("title"),
    description: text("description"),
    environment: Number(text("environment")),
    memoryBytes,
    promisedBytes: kept > 0 && kept < memoryBytes ? kept : null,
    milliCpus: Math.round(Number(text("cores")) * 1000),
    pids: profile?.pids ?? null,
    network: fields.has("offline") ? "none" : "community",
    device,
    options,
    everybody: fields.has("everybody"),
    groups: fields.getAll("group").map(String),
    roles: fields.getAll("role").map(String),
    runtime: text("runtime") || null,
    version: profile?.version ?? 0,
  };
}
