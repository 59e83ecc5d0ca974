import { useQuery } from "@tanstack/react-query";
import { changeFactorRule, factorRuleQuery, type SecondFactorRule } from "../../api/sign-in";
import { ProblemNote } from "../../components/ProblemNote";
import { useChange } from "../../domain/useChange";

/** Who must have a second factor; saved as a whole. */
export function SecondFactorCard() {
  const rule = useQuery(factorRuleQuery);
  if (rule.error) return <ProblemNote problem={rule.error} />;
  return rule.data ? <RuleForm key={rule.data.version} rule={rule.data} /> : null;
}

function RuleForm({ rule }: { rule: SecondFactorRule }) {
  const change = useChange(
    (fields: FormData) =>
      changeFactorRule({
        administrators: fields.has("administrators"),
        managers: fields.has("managers"),
        version: rule.version,
      }),
    "It counts from the next sign-in on, and in this panel from now on.",
  );
  return (
    <section className="card" aria-labelledby="second-factor">
      <h2 id="second-factor">Second factor</h2>
      <p>
        Everybody may set up an authenticator on their account’s page, and is then asked for its
        code after the password. These must have one, however they sign in; who has none sets it up
        at the next sign-in, before anything else.
      </p>
      {!rule.own && (
        <p className="message">
          You have none yourself. <a href="/hub/second-factor">Set up yours</a> first; then you can
          ask others for one.
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(new FormData(event.currentTarget));
        }}
      >
        <label className="tick">
          <input type="checkbox" name="administrators" defaultChecked={rule.administrators} />{" "}
          Administrators of the platform
        </label>
        <label className="tick">
          <input type="checkbox" name="managers" defaultChecked={rule.managers} /> Managers of
          communities
        </label>
        {change.error && <ProblemNote problem={change.error} />}
        <div className="actions actions-start">
          <button type="submit" disabled={change.isPending}>
            Save who must
          </button>
        </div>
      </form>
    </section>
  );
}
