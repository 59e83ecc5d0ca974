import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Job, jobsQuery, runJob } from "../../api/jobs";
import { useAnnounce } from "../../components/Announcer";
import { Badge } from "../../components/Badge";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { every, took } from "../../components/format";
import { LivePage } from "../../components/LivePage";
import { Nothing, When } from "../../components/When";
import { failing } from "../../domain/concerns";

const COLUMNS: Column<Job>[] = [
  { header: "Job", cell: (job) => <code>{job.name}</code> },
  { header: "Outcome", cell: (job) => <Outcome job={job} /> },
  { header: "Runs every", cell: (job) => every(job.everySeconds) },
  { header: "Last run", cell: (job) => <When at={job.lastRunAt} /> },
  {
    header: "Took",
    numeric: true,
    cell: (job) => (job.tookMillis == null ? <Nothing>not run</Nothing> : took(job.tookMillis)),
  },
  { header: "Action", cell: (job) => <RunButton job={job} /> },
];

/** What the platform does by itself, how it went last time, and a way to run it now. */
export function JobsPage() {
  const jobs = useQuery(jobsQuery);
  return (
    <LivePage
      title="Jobs"
      query={jobs}
      lead="What the platform does by itself. Each job compares what is with what should be, and repairs the difference."
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="No job has reported yet">
            <p>Jobs appear here as soon as the platform has started its first round.</p>
          </EmptyState>
        ) : (
          <DataTable caption="Jobs" columns={COLUMNS} items={items} keyOf={(job) => job.name} />
        )
      }
    </LivePage>
  );
}

function Outcome({ job }: { job: Job }) {
  return (
    <>
      <OutcomeBadge job={job} />
      {job.failure && <p className="small">{job.failure}</p>}
      {job.looked != null && (
        <p className="quiet small">
          looked at {job.looked}, changed {job.changed ?? 0}, failed {job.failed ?? 0}
        </p>
      )}
    </>
  );
}

function OutcomeBadge({ job }: { job: Job }) {
  if (job.running) return <Badge tone="busy">Running</Badge>;
  if (failing(job)) return <Badge tone="bad">Failed</Badge>;
  if (!job.lastRunAt) return <Badge tone="plain">Not run yet</Badge>;
  return <Badge tone="good">Well</Badge>;
}

function RunButton({ job }: { job: Job }) {
  const cache = useQueryClient();
  const announce = useAnnounce();
  const run = useMutation({
    mutationFn: runJob,
    onSuccess: () => {
      announce(`The job ${job.name} is running.`);
      void cache.invalidateQueries(jobsQuery);
    },
    onError: (problem) => announce(problem.message, "bad"),
  });
  return (
    <button
      type="button"
      aria-label={`Run now: ${job.name}`}
      disabled={job.running || run.isPending}
      onClick={() => run.mutate(job)}
    >
      Run now
    </button>
  );
}
