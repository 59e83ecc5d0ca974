import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { decideFollows, type Group } from "../../api/communities";
import { communitySignInQuery } from "../../api/sign-in";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useChange } from "../../domain/useChange";

type Follow = Group["follows"][number];

/** Which groups at providers fill a group. */
export function FollowsDialog(props: { community: number; group: Group; onDone: () => void }) {
  const { community, group, onDone } = props;
  const signIn = useQuery(communitySignInQuery(community));
  const [follows, setFollows] = useState(group.follows);
  const change = useChange(
    (wanted: Follow[]) => decideFollows(community, group, wanted),
    "It counts from the next time that people sign in.",
    onDone,
  );
  const providers = signIn.data?.providers ?? [];
  const titleOf = (number: number) =>
    providers.find(({ provider }) => provider === number)?.title ?? `provider ${number}`;
  return (
    <FormDialog
      title={`What ${group.name} follows`}
      submit="Save"
      busy={change.isPending}
      problem={change.error}
      onSubmit={(fields) => {
        const name = String(fields.get("group")).trim();
        const provider = Number(fields.get("provider"));
        change.mutate(name === "" ? follows : [...follows, { provider, group: name }]);
      }}
      onCancel={onDone}
    >
      <p>
        People of these groups come into {group.name} when they sign in, and go when the provider
        names them there no more. Whom you have added yourself stays.
      </p>
      {follows.length > 0 && (
        <ul aria-label="Followed groups">
          {follows.map((each) => (
            <li key={`${each.provider} ${each.group}`}>
              <code>{each.group}</code> at {titleOf(each.provider)}{" "}
              <button
                type="button"
                aria-label={`Follow no more: ${each.group}`}
                onClick={() => setFollows(follows.filter((other) => other !== each))}
              >
                Follow no more
              </button>
            </li>
          ))}
        </ul>
      )}
      {providers.length === 0 ? (
        <p className="quiet">
          {signIn.isPending
            ? "Looking which providers there are…"
            : "No provider signs people in yet; an administrator of the platform can add one."}
        </p>
      ) : (
        <>
          <label className="field">
            Provider
            <select name="provider">
              {providers.map(({ provider, title }) => (
                <option key={provider} value={provider}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <Field
            label="Group there"
            name="group"
            maxLength={300}
            hint="As the provider writes it; whether letters are large or small does not count."
          />
        </>
      )}
    </FormDialog>
  );
}
