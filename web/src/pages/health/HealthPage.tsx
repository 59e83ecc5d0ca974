import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Check, checkHealth, type Health, healthQuery, needsSomebody } from "../../api/health";
import { useAnnounce } from "../../components/Announcer";
import { Badge, type Tone } from "../../components/Badge";
import { CopyField } from "../../components/CopyField";
import { plural } from "../../components/format";
import { LivePage } from "../../components/LivePage";
import { When } from "../../components/When";

const LEVELS: Record<Check["level"], { word: string; tone: Tone; order: number }> = {
  FAULT: { word: "Wrong", tone: "bad", order: 0 },
  WARNING: { word: "Could be better", tone: "warn", order: 1 },
  UNKNOWN: { word: "Not known", tone: "plain", order: 2 },
  WELL: { word: "Well", tone: "good", order: 3 },
};

const AREAS: [Check["area"], string][] = [
  ["MACHINE", "Machine"],
  ["ENGINE", "Container engine"],
  ["STORAGE", "Storage"],
  ["SIGN_IN", "Signing in"],
  ["WORK", "The platform’s work"],
];

/** Questions about the machine and the platform, answered now, with what puts things right. */
export function HealthPage() {
  const health = useQuery(healthQuery);
  return (
    <LivePage
      title="Health"
      query={health}
      lead="The platform looks at itself and at the machine every half hour, and whenever you ask. It changes nothing; what puts something right is said beside it."
    >
      {(data) => (
        <>
          <Summary health={data} />
          <Attention checks={data.items.filter(needsSomebody)} />
          {AREAS.map(([area, title]) => (
            <Answers
              key={area}
              title={title}
              checks={data.items.filter((check) => check.area === area)}
            />
          ))}
        </>
      )}
    </LivePage>
  );
}

function Summary({ health }: { health: Health }) {
  const cache = useQueryClient();
  const announce = useAnnounce();
  const check = useMutation({
    mutationFn: checkHealth,
    onSuccess: (fresh) => {
      cache.setQueryData(healthQuery.queryKey, fresh);
      announce(words(fresh));
    },
    onError: (problem) => announce(problem.message, "bad"),
  });
  const bad = health.items.some(({ level }) => level === "FAULT");
  return (
    <>
      <p className={`verdict ${bad ? "verdict-bad" : "verdict-good"}`}>{words(health)}</p>
      <div className="actions actions-start">
        <button type="button" disabled={check.isPending} onClick={() => check.mutate()}>
          {check.isPending ? "Checking…" : "Check again"}
        </button>
        <span className="quiet small">
          {plural(health.items.length, "check")}, looked at <When at={health.at} />
        </span>
      </div>
    </>
  );
}

function words({ items }: Health): string {
  const count = (level: Check["level"]) => items.filter((check) => check.level === level).length;
  const wrong = count("FAULT");
  const better = count("WARNING");
  if (wrong > 0) {
    return `${plural(wrong, "thing")} wrong${better > 0 ? `, ${better} could be better` : ""}.`;
  }
  return better > 0
    ? `Nothing is wrong; ${plural(better, "thing")} could be better.`
    : "All is well.";
}

/** What somebody should do something about, worst first, with what to do. */
function Attention({ checks }: { checks: Check[] }) {
  const sorted = [...checks].sort((a, b) => LEVELS[a.level].order - LEVELS[b.level].order);
  if (sorted.length === 0) return null;
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">What to do</h2>
      {sorted.map((check) => (
        <article key={check.id} className="card todo" aria-labelledby={`do-${check.id}`}>
          <h3 id={`do-${check.id}`}>
            {check.asks} <Level check={check} />
          </h3>
          <p>{check.words}</p>
          {check.fix && <p>{check.fix}</p>}
          {check.command && <CopyField label="On the machine, as root" value={check.command} />}
        </article>
      ))}
    </section>
  );
}

function Answers({ title, checks }: { title: string; checks: Check[] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <dl className="answers">
        {checks.map((check) => (
          <div key={check.id}>
            <dt>
              {check.asks} <Level check={check} />
            </dt>
            <dd>{check.words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Level({ check }: { check: Check }) {
  const { tone, word } = LEVELS[check.level];
  return <Badge tone={tone}>{word}</Badge>;
}
