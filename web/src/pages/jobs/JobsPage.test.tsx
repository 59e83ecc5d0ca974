import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";
import { aJob } from "../../testing/samples";

test("no job yet is said and explained", async () => {
  openPanel("/jobs");
  expect(await screen.findByRole("heading", { name: "No job has reported yet" })).toBeVisible();
});

test("each job says how often it runs and how its last run went", async () => {
  openPanel("/jobs", {
    "GET /jobs": {
      body: {
        items: [
          aJob(),
          aJob({ name: "tokens.sweep", everySeconds: 3600, failure: "The disk is full." }),
          aJob({ name: "servers.cull", running: true }),
          aJob({ name: "homes.measure", lastRunAt: null, tookMillis: null, looked: null }),
        ],
      },
    },
  });
  expect(await screen.findByText("Well")).toBeVisible();
  expect(screen.getAllByText("looked at 3, changed 1, failed 0")[0]).toBeVisible();
  expect(screen.getByText("1 hour")).toBeVisible();
  expect(screen.getByText("The disk is full.")).toBeVisible();
  expect(screen.getByText("Not run yet")).toBeVisible();
  expect(screen.getByRole("button", { name: "Run now: servers.cull" })).toBeDisabled();
});

test("running a job reports that it runs", async () => {
  const { user, asked } = openPanel("/jobs", {
    "GET /jobs": { body: { items: [aJob()] } },
    "POST /jobs/servers.reconcile/run": { status: 202 },
  });
  await user.click(await screen.findByRole("button", { name: "Run now: servers.reconcile" }));
  expect(await screen.findByText("The job servers.reconcile is running.")).toBeVisible();
  expect(asked.filter((request) => request.method === "POST")).toHaveLength(1);
});

test("a job that cannot run says why until it has been read", async () => {
  const { user } = openPanel("/jobs", {
    "GET /jobs": { body: { items: [aJob()] } },
    "POST /jobs/servers.reconcile/run": problem(409, "job.running", "It runs already."),
  });
  await user.click(await screen.findByRole("button", { name: "Run now: servers.reconcile" }));
  expect(await screen.findByText("It runs already.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByText("It runs already.")).toBeNull();
});
