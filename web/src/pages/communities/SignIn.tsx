import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CommunityDetail } from "../../api/communities";
import {
  type AcceptedProvider,
  acceptNoMore,
  acceptProvider,
  answerRequest,
  communitySignInQuery,
  type EntryRequest,
  type EntryRule,
} from "../../api/sign-in";
import { type Column, DataTable } from "../../components/DataTable";
import { FormDialog } from "../../components/FormDialog";
import { ProblemNote } from "../../components/ProblemNote";
import { When } from "../../components/When";
import { useChange } from "../../domain/useChange";
import { SignUp } from "./SignUp";

const WHO: Record<EntryRule["who"], string> = {
  EVERYBODY: "Everybody whom it knows",
  MATCHING: "Whom the lists name",
  MEMBERS: "Members only",
};

/** Which providers a community accepts, whom it lets in, and who waits. */
export function SignIn({ community }: { community: CommunityDetail }) {
  const signIn = useQuery(communitySignInQuery(community.id));
  const [asking, setAsking] = useState<AcceptedProvider>();
  const stop = useChange(
    (provider: number) => acceptNoMore(community.id, provider),
    "It is not accepted any more; members stay members.",
  );
  if (!signIn.data) return signIn.error ? <ProblemNote problem={signIn.error} /> : null;
  const { providers, requests } = signIn.data;
  const columns: Column<AcceptedProvider>[] = [
    { header: "Provider", cell: ({ title, enabled }) => (enabled ? title : `${title} (not used)`) },
    { header: "Lets in", cell: ({ rule }) => (rule ? WHO[rule.who] : "nobody") },
    {
      header: "Actions",
      cell: (each) => (
        <>
          <button
            type="button"
            aria-label={`${each.rule ? "Change" : "Accept"}: ${each.title}`}
            onClick={() => setAsking(each)}
          >
            {each.rule ? "Change" : "Accept"}
          </button>{" "}
          {each.rule && (
            <button
              type="button"
              aria-label={`Accept no more: ${each.title}`}
              disabled={stop.isPending}
              onClick={() => stop.mutate(each.provider)}
            >
              Accept no more
            </button>
          )}
        </>
      ),
    },
  ];
  return (
    <section aria-labelledby="sign-in">
      <h2 id="sign-in">Signing in</h2>
      {providers.length === 0 ? (
        <p className="quiet">
          People sign in with a name and a password of this platform. An administrator can add
          providers.
        </p>
      ) : (
        <DataTable
          caption="Providers"
          columns={columns}
          items={providers}
          keyOf={({ provider }) => provider}
        />
      )}
      {stop.error && <ProblemNote problem={stop.error} />}
      <Requests community={community} requests={requests} providers={providers} />
      <SignUp community={community} />
      {asking && (
        <RuleDialog community={community} provider={asking} onDone={() => setAsking(undefined)} />
      )}
    </section>
  );
}

function Requests(props: {
  community: CommunityDetail;
  requests: EntryRequest[];
  providers: AcceptedProvider[];
}) {
  const { community, requests } = props;
  const titles = new Map(props.providers.map(({ provider, title }) => [provider, title]));
  const answer = useChange(
    ({ request, admit }: { request: EntryRequest; admit: boolean }) =>
      answerRequest(community.id, request, admit),
    "They are answered.",
  );
  if (requests.length === 0) return null;
  const button = (request: EntryRequest, admit: boolean) => (
    <button
      type="button"
      aria-label={`${admit ? "Let in" : "Do not let in"}: ${request.name}`}
      disabled={answer.isPending}
      onClick={() => answer.mutate({ request, admit })}
    >
      {admit ? "Let in" : "Do not let in"}
    </button>
  );
  return (
    <>
      <h3>Waiting to be let in</h3>
      <DataTable
        caption="Waiting to be let in"
        columns={[
          { header: "Name", cell: ({ name }) => name },
          { header: "Who they are", cell: ({ email, note }) => email ?? (note || "not said") },
          {
            header: "By",
            cell: ({ provider }) =>
              provider === null ? "this platform" : (titles.get(provider) ?? "a provider"),
          },
          { header: "Asked", cell: ({ askedAt }) => <When at={askedAt} /> },
          {
            header: "Actions",
            cell: (request) => (
              <>
                {button(request, true)} {button(request, false)}
              </>
            ),
          },
        ]}
        items={requests}
        keyOf={({ id }) => id}
      />
      {answer.error && <ProblemNote problem={answer.error} />}
    </>
  );
}

const LISTS = [
  ["domains", "Domains", "Of verified e-mail addresses, such as school.example."],
  [
    "organisations",
    "Organisations",
    "As the provider names them: a domain, tenant or institution.",
  ],
  ["groups", "Groups or teams", "By their names at the provider."],
  ["people", "People", "Names at the provider, or verified e-mail addresses."],
] as const;

function RuleDialog(props: {
  community: CommunityDetail;
  provider: AcceptedProvider;
  onDone: () => void;
}) {
  const { community, provider, onDone } = props;
  const [who, setWho] = useState<EntryRule["who"]>(provider.rule?.who ?? "MATCHING");
  const save = useChange(
    (fields: FormData) =>
      acceptProvider(community.id, provider.provider, {
        who,
        domains: lines(fields, "domains"),
        organisations: lines(fields, "organisations"),
        groups: lines(fields, "groups"),
        people: lines(fields, "people"),
        asks: fields.get("asks") === "on",
      }),
    "It counts from the next sign-in on.",
    onDone,
  );
  return (
    <FormDialog
      title={`Whom ${provider.title} lets in`}
      submit="Save"
      busy={save.isPending}
      problem={save.error}
      onSubmit={save.mutate}
      onCancel={onDone}
    >
      <div className="field">
        <label htmlFor="who">Who becomes a member by signing in</label>
        <select
          id="who"
          value={who}
          onChange={({ target }) => setWho(target.value as EntryRule["who"])}
        >
          {Object.entries(WHO).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {who === "MATCHING" &&
        LISTS.map(([name, label, hint]) => (
          <div className="field" key={name}>
            <label htmlFor={name}>{label}</label>
            <textarea
              id={name}
              name={name}
              rows={2}
              aria-describedby={`${name}-hint`}
              defaultValue={provider.rule?.[name].join("\n")}
            />
            <p id={`${name}-hint`} className="quiet small">
              {hint} One a line; any of them is enough.
            </p>
          </div>
        ))}
      <label className="tick">
        <input type="checkbox" name="asks" defaultChecked={provider.rule?.asks ?? false} /> Others
        may ask, and a manager answers
      </label>
    </FormDialog>
  );
}

function lines(fields: FormData, name: string): string[] {
  return String(fields.get(name) ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
