import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Provider, providersQuery, type Step, step, tryDirectory } from "../../api/sign-in";
import { Badge, type Tone } from "../../components/Badge";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { EmptyState } from "../../components/EmptyState";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { LivePage } from "../../components/LivePage";
import { ProblemNote } from "../../components/ProblemNote";
import { When } from "../../components/When";
import { useChange } from "../../domain/useChange";
import { CallbackAddress } from "./CallbackAddress";
import { ProviderDialog } from "./ProviderDialog";
import { SecondFactorCard } from "./SecondFactorCard";

/** Institutions that sign people in: added, tried, put into force, undone. */
export function SignInPage() {
  const providers = useQuery(providersQuery);
  const [asking, setAsking] = useState<"new" | Provider>();
  return (
    <LivePage
      title="Signing in"
      lead="Providers that say who somebody is. Names and passwords of this platform work beside them, always."
      query={providers}
    >
      {({ items, callbackUrl }) => (
        <>
          {items.length === 0 ? (
            <EmptyState title="No provider yet">
              <p>
                People sign in with a name and a password of this platform. Add your institution’s
                sign-in, try it, and say in each community whom it lets in.
              </p>
            </EmptyState>
          ) : (
            items.map((each) => (
              <ProviderCard key={each.id} provider={each} onChange={() => setAsking(each)} />
            ))
          )}
          <div className="actions actions-start">
            <button type="button" onClick={() => setAsking("new")}>
              Add a provider
            </button>
          </div>
          <CallbackAddress url={callbackUrl} />
          <SecondFactorCard />
          {asking && (
            <ProviderDialog
              provider={asking === "new" ? undefined : asking}
              callbackUrl={callbackUrl}
              onDone={() => setAsking(undefined)}
            />
          )}
        </>
      )}
    </LivePage>
  );
}

const SAID: Record<Step, string> = {
  activate: "The settings are in force.",
  discard: "The saved settings are forgotten.",
  undo: "The earlier settings are in force again.",
  enable: "The provider is used.",
  disable: "The provider is not used any more.",
  remove: "The provider is removed.",
};

function ProviderCard({ provider, onChange }: { provider: Provider; onChange: () => void }) {
  const [asking, setAsking] = useState<"trial" | "remove">();
  const [said, setSaid] = useState<Step>("enable");
  const change = useChange(
    (which: Step) => step(provider, which),
    SAID[said],
    () => setAsking(undefined),
  );
  const button = (which: Step, name: string) => (
    <button
      type="button"
      disabled={change.isPending}
      aria-label={`${name}: ${provider.title}`}
      onClick={() => {
        setSaid(which);
        change.mutate(which);
      }}
    >
      {name}
    </button>
  );
  return (
    <section className="card" aria-label={provider.title}>
      <h2>{provider.title}</h2>
      <State provider={provider} />
      <Candidate provider={provider} onTry={() => setAsking("trial")} button={button} />
      <div className="actions actions-start">
        <button type="button" aria-label={`Change: ${provider.title}`} onClick={onChange}>
          Change
        </button>
        {provider.live && !provider.enabled && button("enable", "Use it")}
        {provider.enabled && button("disable", "Use it no more")}
        {provider.canUndo && button("undo", "Undo the last change")}
        {provider.people === 0 && provider.live && (
          <button
            type="button"
            aria-label={`Remove: ${provider.title}`}
            onClick={() => setAsking("remove")}
          >
            Remove
          </button>
        )}
      </div>
      {change.error && <ProblemNote problem={change.error} />}
      {asking === "trial" && (
        <TrialDialog provider={provider} onDone={() => setAsking(undefined)} />
      )}
      {asking === "remove" && (
        <ConfirmDialog
          title={`Remove ${provider.title}?`}
          confirm="Remove"
          busy={change.isPending}
          onConfirm={() => {
            setSaid("remove");
            change.mutate("remove");
          }}
          onCancel={() => setAsking(undefined)}
        >
          <p>Nobody signs in by it. Communities that accept it do so no more.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function signedIn(people: number): string {
  if (people === 0) return "Nobody has signed in by it yet.";
  return people === 1 ? "One person signs in by it." : `${people} people sign in by it.`;
}

function State({ provider }: { provider: Provider }) {
  const { live } = provider;
  const [tone, word]: [Tone, string] = provider.downSince
    ? ["bad", "Does not answer"]
    : provider.enabled
      ? ["good", "In use"]
      : live
        ? ["plain", "Not used"]
        : ["warn", "Not in force yet"];
  return (
    <>
      <p>
        <Badge tone={tone}>{word}</Badge> {signedIn(provider.people)}
      </p>
      {provider.downSince && (
        <p>
          It does not answer since <When at={provider.downSince} />. {provider.downBecause}
        </p>
      )}
      <dl>
        <dt>Address</dt>
        <dd>{live?.openId?.issuer ?? live?.ldap?.url ?? "none in force"}</dd>
        <dt>Secret expires</dt>
        <dd>{live?.secretExpiresOn ?? "never, as far as is known"}</dd>
      </dl>
    </>
  );
}

function Candidate(props: {
  provider: Provider;
  onTry: () => void;
  button: (which: Step, name: string) => React.ReactNode;
}) {
  const { provider, onTry, button } = props;
  const { candidate, candidateTried } = provider;
  if (!candidate) return null;
  return (
    <div className="message">
      <p>
        {candidateTried
          ? `The saved settings work: a trial has signed in ${candidateTried}. Put them into force when that is right.`
          : "Settings are saved and do not count yet. Sign in with them on trial; nobody else is touched by it."}
      </p>
      <div className="actions actions-start">
        {candidate.openId ? (
          <a className="button" href={`/sso/start?trial=1&provider=${provider.id}`}>
            Try them
          </a>
        ) : (
          <button type="button" onClick={onTry}>
            Try them
          </button>
        )}
        {candidateTried && button("activate", "Put into force")}
        {button("discard", "Forget them")}
      </div>
    </div>
  );
}

function TrialDialog({ provider, onDone }: { provider: Provider; onDone: () => void }) {
  const trial = useChange(
    (fields: FormData) =>
      tryDirectory(provider, {
        name: String(fields.get("name")),
        password: String(fields.get("password")),
      }),
    "It works. Put the settings into force when it signed in the right person.",
    onDone,
  );
  return (
    <FormDialog
      title={`Try ${provider.title}`}
      submit="Sign in on trial"
      busy={trial.isPending}
      problem={trial.error}
      onSubmit={trial.mutate}
      onCancel={onDone}
    >
      <p>Of anybody in the directory. Neither is kept.</p>
      <Field label="Name" name="name" required />
      <Field label="Password" name="password" type="password" required />
    </FormDialog>
  );
}
