import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { buildsQuery, type Source } from "../../api/builds";
import {
  type Catalog,
  type EnvironmentDetail,
  removeEnvironment,
  saveEnvironment,
} from "../../api/catalog";
import { Badge } from "../../components/Badge";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { ProblemNote } from "../../components/ProblemNote";
import { Reference } from "../../components/Reference";
import { useChange } from "../../domain/useChange";
import { Builds } from "./Builds";
import { Images } from "./Images";

type Asking = { about: "edit" | "remove"; environment?: EnvironmentDetail };

/** The images that profiles are made of, and how each is run. */
export function Environments(props: { id: number; catalog: Catalog; platform: boolean }) {
  const { id, catalog, platform } = props;
  const [asking, setAsking] = useState<Asking>();
  const builds = useQuery(buildsQuery(id));
  const done = () => setAsking(undefined);
  return (
    <section aria-labelledby="environments">
      <h2 id="environments">Environments</h2>
      <p className="quiet">An environment is an image of tools and how to run it.</p>
      {builds.error && <ProblemNote problem={builds.error} />}
      {catalog.environments.map((environment) => (
        <EnvironmentCard
          key={environment.id}
          id={id}
          environment={environment}
          platform={platform}
          source={builds.data?.sources.find((each) => each.environment === environment.id)}
          onAsk={setAsking}
        />
      ))}
      <div className="actions actions-start">
        <button type="button" onClick={() => setAsking({ about: "edit" })}>
          New environment
        </button>
      </div>
      {asking?.about === "edit" && (
        <EnvironmentDialog id={id} environment={asking.environment} onDone={done} />
      )}
      {asking?.about === "remove" && asking.environment && (
        <RemoveDialog id={id} environment={asking.environment} onDone={done} />
      )}
    </section>
  );
}

function EnvironmentCard(props: {
  id: number;
  platform: boolean;
  environment: EnvironmentDetail;
  source: Source | undefined;
  onAsk: (asking: Asking) => void;
}) {
  const { id, environment, platform, source, onAsk } = props;
  const { title, image, imageId, ofPlatform, trials } = environment;
  const trying = trials[0]?.endedAt === null;
  return (
    <section className="card" aria-label={title}>
      <h3>
        {title}{" "}
        {imageId ? (
          <Badge tone="good">Ready to start</Badge>
        ) : (
          <Badge tone={trying ? "busy" : "bad"}>
            {trying ? "Being tried" : trials.length > 0 ? "Not passed" : "Image missing"}
          </Badge>
        )}
      </h3>
      <p>
        Image <Reference>{image}</Reference>
        {imageId && (
          <span className="quiet small">
            {" "}
            <Reference>{imageId}</Reference>
          </span>
        )}
      </p>
      {!imageId && !source && trials.length === 0 && (
        <p className="note note-bad">
          Nobody can start this environment until its image is on the machine.{" "}
          {ofPlatform
            ? "Run “installer/lyceum images build scientific” there."
            : "Build it from a repository, or pull or load it there; this page sees it within a minute."}
        </p>
      )}
      {!ofPlatform && <Builds id={id} environment={environment} source={source} />}
      {!ofPlatform && <Images id={id} environment={environment} platform={platform} />}
      <div className="actions actions-start">
        <button type="button" onClick={() => onAsk({ about: "edit", environment })}>
          Edit<span className="unseen"> {title}</span>
        </button>
        {!ofPlatform && (
          <button type="button" onClick={() => onAsk({ about: "remove", environment })}>
            Remove<span className="unseen"> {title}</span>
          </button>
        )}
      </div>
    </section>
  );
}

function EnvironmentDialog(props: {
  id: number;
  environment: EnvironmentDetail | undefined;
  onDone: () => void;
}) {
  const { id, environment, onDone } = props;
  const [web, setWeb] = useState(Boolean(environment?.web));
  const save = useChange(
    (fields: FormData) =>
      saveEnvironment(
        id,
        {
          name: environment?.name ?? text(fields, "name"),
          title: text(fields, "title"),
          image: environment?.imageId ? environment.image : text(fields, "image"),
          command: words(text(fields, "command")),
          defaultUrl: text(fields, "defaultUrl"),
          web: web
            ? {
                port: Number(text(fields, "port")),
                readyPath: text(fields, "readyPath"),
                stripsPrefix: fields.has("stripsPrefix"),
              }
            : null,
          version: environment?.version ?? 0,
        },
        environment,
      ),
    "The environment is saved.",
    onDone,
  );
  return (
    <FormDialog
      title={environment ? `Environment ${environment.title}` : "New environment"}
      submit="Save"
      busy={save.isPending}
      problem={save.error}
      onSubmit={save.mutate}
      onCancel={onDone}
    >
      <p>Servers that run keep the image they started with.</p>
      <Field label="Title" name="title" required defaultValue={environment?.title} />
      {!environment && (
        <Field label="Name" name="name" required hint="Letters, digits, dots and dashes." />
      )}
      {!environment?.imageId && (
        <Field
          label="Image"
          name="image"
          required
          defaultValue={environment?.image}
          hint="As name:tag or name@digest, on this machine. It is tried before people get it."
        />
      )}
      <Field
        label="Command"
        name="command"
        required
        defaultValue={environment?.command.map(quoted).join(" ") ?? "jupyterhub-singleuser"}
        hint="Words with spaces in them stand in double quotes."
      />
      <Field
        label="Page to open"
        name="defaultUrl"
        defaultValue={environment?.defaultUrl ?? "/lab"}
        hint="Such as /lab. Empty for the image's own."
      />
      <label className="tick">
        <input type="checkbox" checked={web} onChange={(event) => setWeb(event.target.checked)} />
        Another web application than Jupyter
      </label>
      {web && <WebFields at={environment?.web ?? null} />}
    </FormDialog>
  );
}

function WebFields({ at }: { at: EnvironmentDetail["web"] }) {
  return (
    <fieldset>
      <legend>How it is served</legend>
      <p>
        The gateway signs people in for it and says who they are in the header X-Forwarded-User. In
        the command, {"{port}"}, {"{prefix}"} and {"{user}"} stand for what is meant.
      </p>
      <Field
        label="Port it listens on"
        name="port"
        type="number"
        min={1}
        max={65535}
        required
        defaultValue={at?.port ?? 8888}
      />
      <Field
        label="Path that answers when it is up"
        name="readyPath"
        required
        defaultValue={at?.readyPath ?? "/"}
      />
      <label className="tick">
        <input type="checkbox" name="stripsPrefix" defaultChecked={at?.stripsPrefix ?? true} />
        It believes to be at / (code-server, most programs)
      </label>
    </fieldset>
  );
}

function RemoveDialog(props: { id: number; environment: EnvironmentDetail; onDone: () => void }) {
  const { id, environment, onDone } = props;
  const remove = useChange(
    () => removeEnvironment(id, environment),
    "The environment is removed.",
    onDone,
  );
  return (
    <ConfirmDialog
      title={`Remove ${environment.title}?`}
      confirm="Remove the environment"
      busy={remove.isPending}
      onConfirm={() => remove.mutate(undefined)}
      onCancel={onDone}
    >
      <p>Its image stays on the machine.</p>
      {remove.error && <ProblemNote problem={remove.error} />}
    </ConfirmDialog>
  );
}

/** A command as people write it: words, or words with spaces in double quotes. */
function words(command: string): string[] {
  return [...command.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, inQuotes, plain]) => plain ?? (inQuotes ?? "").replace(/\\(.)/g, "$1"),
  );
}

function quoted(word: string): string {
  return /^[^\s"]+$/.test(word) ? word : `"${word.replace(/["\\]/g, "\\$&")}"`;
}

function text(fields: FormData, name: string): string {
  return String(fields.get(name) ?? "").trim();
}
