import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { overviewQuery } from "../../api/overview";
import { openPanel, problem } from "../../testing/panel";
import { aJob, anOverview } from "../../testing/samples";

test("a healthy platform is well, with its figures", async () => {
  openPanel("/");
  expect(await screen.findByText("All is well.")).toBeVisible();
  expect(screen.getByRole("meter", { name: "Disk in use" })).toHaveAttribute(
    "aria-valuetext",
    "60 GiB of 100 GiB free, 40 % used",
  );
  expect(screen.getByRole("meter", { name: "Memory in use" })).toHaveAttribute(
    "aria-valuenow",
    "25",
  );
  expect(screen.getByText("Docker 20.10.24")).toBeVisible();
});

test("devices are shown with the seats that are taken", async () => {
  const units = [
    { name: "nvidia:0", taken: 2 },
    { name: "nvidia:1", taken: 1 },
  ];
  const devices = [{ name: "gpu", label: "GPU", seats: 2, units }];
  openPanel("/", { "GET /overview": { body: anOverview({ devices }) } });
  expect(await screen.findByRole("meter", { name: "Seats of GPU taken" })).toHaveAttribute(
    "aria-valuetext",
    "3 of 4 seats taken, 75 % used",
  );
  expect(screen.getByText("nvidia:1")).toBeVisible();
});

test("what separates notebooks from the hub is said as it is configured", async () => {
  openPanel("/");
  expect(await screen.findByText(/is a proof that only pages/)).toBeVisible();
});

test("with hosts for users the separation is by host", async () => {
  const addresses = { url: "https://hub.example.org", userHosts: true };
  openPanel("/", { "GET /overview": { body: anOverview({ addresses }) } });
  expect(await screen.findByText(/host of their own below https:\/\/hub/)).toBeVisible();
  expect(screen.queryByText(/is a proof that only pages/)).toBeNull();
});

test("everything that is not well is named with what to do about it", async () => {
  openPanel("/", {
    "GET /overview": {
      body: anOverview({
        engine: { reachable: false, version: null, problem: "connection refused" },
        disk: { totalBytes: 1000, freeBytes: 99 },
        memory: { totalBytes: 1000, availableBytes: 99 },
      }),
    },
    "GET /jobs": { body: { items: [aJob({ failure: "no route" }), aJob({ name: "fine" })] } },
  });
  expect(await screen.findByRole("heading", { name: "4 things to look at" })).toBeVisible();
  expect(screen.getByText(/container engine does not answer\. connection refused/)).toBeVisible();
  expect(screen.getByText(/disk is nearly full: 99 bytes are free/)).toBeVisible();
  expect(screen.getByText(/Memory is nearly used up/)).toBeVisible();
  expect(screen.getByText(/servers\.reconcile fails\. no route/)).toBeVisible();
  expect(screen.queryByText("All is well.")).toBeNull();
});

test("a machine that is short of something says of what and what is done about it", async () => {
  const since = "2026-01-01T09:00:00Z";
  const { platform, client } = openPanel("/", {
    "GET /overview": { body: anOverview({ calm: { state: "FREEZING", since, lack: "MEMORY" } }) },
  });
  expect(await screen.findByText(/The machine is short of memory/)).toBeVisible();
  expect(screen.getByText(/are frozen early, until it is over/)).toBeVisible();

  platform["GET /overview"] = {
    body: anOverview({ calm: { state: "HOLDING", since, lack: "CORES" } }),
  };
  await client.refetchQueries(overviewQuery);
  expect(await screen.findByText(/The machine is short of cores/)).toBeVisible();
  expect(screen.getByText(/and starts go one at a time, until it is over/)).toBeVisible();
});

test("a failed overview shows the platform's sentence and code", async () => {
  openPanel("/", { "GET /overview": problem(409, "overview.odd", "Ask again in a minute.") });
  const sentence = await screen.findByText("Ask again in a minute.");
  expect(sentence.closest("[role=alert]")).toHaveTextContent("overview.odd");
});

test("figures that grow old stay and say how old they are", async () => {
  const { platform, client } = openPanel("/");
  await screen.findByText("All is well.");
  platform["GET /overview"] = { unreachable: true };
  await client.refetchQueries(overviewQuery);
  await waitFor(() => expect(screen.getByText(/This is what was true at/)).toBeVisible());
  expect(screen.getByText("Docker 20.10.24")).toBeVisible();
});
