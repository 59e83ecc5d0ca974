import { useState } from "react";
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

type Asking = { about: "edit" | "remove"; environment?: EnvironmentDetail };

/** The images that profiles are made of, and how each is run. */
export function Environments({ id, catalog }: { id: number; catalog: Catalog }) {
  const [asking, setAsking] = useState<Asking>();
  const done = () => setAsking(undefined);
  return (
    <section aria-labelledby="environments">
      <h2 id="environments">Environments</h2>
      <p className="quiet">An environment is an image of tools and how to run it.</p>
      {catalog.environments.map((environment) => (
        <EnvironmentCard key={environment.id} environment={environment} onAsk={setAsking} />
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
  environment: EnvironmentDetail;
  onAsk: (asking: Asking) => void;
}) {
  const { environment, onAsk } = props;
  const { title, image, imageId, ofPlatform } = environment;
  return (
    <section className="card" aria-label={title}>
      <h3>
        {title}{" "}
        {imageId ? (
          <Badge tone="good">Ready to start</Badge>
        ) : (
          <Badge tone="bad">Image missing</Badge>
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
      {!imageId && (
        <p className="note note-bad">
          Nobody can start this environment until its image is on the machine.{" "}
          {ofPlatform
            ? "Run “installer/lyceum images build scientific” there."
            : "Pull or load it there; this page sees it within a minute."}
        </p>
      )}
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
  const save = useChange(
    (fields: FormData) =>
      saveEnvironment(
        id,
        {
          name: environment?.name ?? text(fields, "name"),
          title: text(fields, "title"),
          image: environment?.ofPlatform ? environment.image : text(fields, "image"),
          command: text(fields, "command").split(/\s+/),
          defaultUrl: text(fields, "defaultUrl"),
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
      {!environment?.ofPlatform && (
        <Field
          label="Image"
          name="image"
          required
          defaultValue={environment?.image}
          hint="As name:tag or name@digest. What it means is frozen when it is found."
        />
      )}
      <Field
        label="Command"
        name="command"
        required
        defaultValue={environment?.command.join(" ") ?? "jupyterhub-singleuser"}
      />
      <Field
        label="Page to open"
        name="defaultUrl"
        defaultValue={environment?.defaultUrl ?? "/lab"}
        hint="Such as /lab. Empty for the image's own."
      />
    </FormDialog>
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

function text(fields: FormData, name: string): string {
  return String(fields.get(name) ?? "").trim();
}
