import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";
import { aCommunity, aServer } from "../../testing/samples";

test("the list says that it loads", async () => {
  openPanel("/servers", { "GET /servers": { never: true } });
  expect(await screen.findByText("Loading servers…")).toBeInTheDocument();
});

test("an empty list teaches how a server gets there", async () => {
  openPanel("/servers");
  expect(
    await screen.findByRole("heading", { name: "No server has been started yet" }),
  ).toBeVisible();
  expect(screen.getByText(/presses “Start my server”/)).toBeVisible();
});

test("a failed list shows the platform's sentence and code", async () => {
  openPanel("/servers", { "GET /servers": problem(400, "servers.odd", "Try another page.") });
  const alert = await screen.findByText("Try another page.");
  expect(alert.closest("[role=alert]")).toHaveTextContent("servers.odd");
});

test("each server has its state in words, and why it ended", async () => {
  openPanel("/servers", {
    "GET /servers": {
      body: {
        items: [
          aServer(),
          aServer({ id: 8, user: "bob", name: "lab", state: "SPAWNING" }),
          aServer({ id: 9, user: "eve", state: "FAILED", failure: "The image is missing." }),
          aServer({ id: 10, user: "joe", state: "STOPPED", stopReason: "Idle for an hour." }),
        ],
      },
    },
  });
  const row = async (name: string | RegExp) =>
    within((await screen.findByRole("rowheader", { name })).closest("tr") as HTMLElement);
  expect((await row("ada")).getByText("Running")).toBeVisible();
  expect((await row("ada")).getByRole("link")).toHaveAttribute("href", "/user/ada/");
  expect((await row("bob / lab")).getByText("Starting")).toBeVisible();
  expect((await row("eve")).getByText("The image is missing.")).toBeVisible();
  expect((await row("joe")).getByText("Idle for an hour.")).toBeVisible();
  expect((await row("joe")).queryByRole("button")).toBeNull();
});

async function askToStop(answer: Parameters<typeof openPanel>[1]) {
  const panel = openPanel("/servers", {
    "GET /servers": { body: { items: [aServer()] } },
    ...answer,
  });
  await panel.user.click(await screen.findByRole("button", { name: "Stop ada" }));
  return panel;
}

const posts = (panel: ReturnType<typeof openPanel>) =>
  panel.asked.filter((request) => request.method === "POST");

test("a server that sleeps says so, and is opened and stopped like any other", async () => {
  openPanel("/servers", { "GET /servers": { body: { items: [aServer({ asleep: true })] } } });

  expect(await screen.findByText("Asleep")).toBeVisible();
  expect(screen.queryByText("Running")).toBeNull();
  expect(screen.getByText(/It goes on when somebody does/)).toBeVisible();
  expect(screen.getByRole("link", { name: "ada" })).toHaveAttribute("href", "/user/ada/");
  expect(screen.getByRole("button", { name: "Stop ada" })).toBeVisible();
});

test("a stop is asked about first, sent with the header that proves our page, and reported", async () => {
  const panel = await askToStop({ "POST /servers/7/stop": { status: 202 } });
  const dialog = screen.getByRole("dialog", { name: "Stop the server of ada?" });
  expect(posts(panel)).toHaveLength(0);
  const reads = panel.asked.length;
  await panel.user.click(within(dialog).getByRole("button", { name: "Stop the server" }));
  expect(await screen.findByText("The server of ada is stopping.")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(posts(panel)[0]?.path).toBe("/api/admin/v1/servers/7/stop");
  expect(posts(panel)[0]?.headers.get("x-lyceum-csrf")).toBe("proof-of-page");
  await waitFor(() => expect(panel.asked.length).toBeGreaterThan(reads + 1)); // asked anew at once
});

test("a stop that is cancelled sends nothing", async () => {
  const panel = await askToStop({});
  await panel.user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(posts(panel)).toHaveLength(0);
});

test("a stop that fails says why and keeps the question open", async () => {
  const panel = await askToStop({
    "POST /servers/7/stop": problem(409, "server.stopping", "It stops already. Wait a moment."),
  });
  const dialog = screen.getByRole("dialog");
  await panel.user.click(within(dialog).getByRole("button", { name: "Stop the server" }));
  expect(await within(dialog).findByText("It stops already. Wait a moment.")).toBeVisible();
});

const PHYSICS = { body: { items: [aCommunity({ id: 3, title: "Physics" })] } };

test("people are told something, with a pause of starts and a time at which servers stop", async () => {
  const panel = openPanel("/servers", { "GET /communities": PHYSICS, "PUT /announcements": {} });
  await panel.user.click(await screen.findByRole("button", { name: "Tell people something" }));
  const dialog = within(screen.getByRole("dialog", { name: "Tell people something" }));
  await panel.user.selectOptions(dialog.getByLabelText("Whose"), "Everybody on the platform");
  await panel.user.type(dialog.getByLabelText("What"), "New disks on Friday.");
  await panel.user.click(dialog.getByLabelText("No server starts meanwhile"));
  await panel.user.type(dialog.getByLabelText("Stop the servers that run, at"), "2027-01-31T18:00");
  await panel.user.click(dialog.getByRole("button", { name: "Tell them" }));
  expect(await screen.findByText("People are told within half a minute.")).toBeVisible();
  expect(panel.asked.find(({ method }) => method === "PUT")?.body).toEqual({
    text: "New disks on Friday.",
    pausesStarts: true,
    stopsAt: new Date("2027-01-31T18:00").toISOString(),
  });
});

test("what stands says whom it is for and is taken back", async () => {
  const panel = openPanel("/servers", {
    "GET /communities": PHYSICS,
    "GET /announcements": {
      body: {
        items: [
          {
            community: 3,
            text: "Slow today.",
            pausesStarts: true,
            stopsAt: null,
            since: "2026-11-27T02:00:00Z",
          },
        ],
      },
    },
    "POST /announcements/end": {},
  });
  expect(await screen.findByText("Slow today.")).toBeVisible();
  expect(screen.getByText("No server starts meanwhile.")).toBeVisible();
  await panel.user.click(
    await screen.findByRole("button", { name: "Take back what you told Physics" }),
  );
  expect(await screen.findByText("It is taken back.")).toBeVisible();
  expect(posts(panel)[0]?.body).toEqual({ community: 3 });
});

test("the servers of a group are stopped, and their number is told", async () => {
  const panel = openPanel("/servers", {
    "GET /communities": PHYSICS,
    "POST /servers/stop": { status: 202, body: { servers: 12 } },
  });
  await panel.user.click(await screen.findByRole("button", { name: "Stop many servers" }));
  const dialog = within(screen.getByRole("dialog", { name: "Stop many servers" }));
  await dialog.findByRole("option", { name: "Physics" });
  await panel.user.type(dialog.getByLabelText("Group"), "lab");
  await panel.user.click(dialog.getByRole("button", { name: "Stop them now" }));
  expect(await screen.findByText("12 servers are stopping.")).toBeVisible();
  expect(posts(panel)[0]?.body).toEqual({ community: 3, group: "lab" });
});

test("a manager is not offered everybody, and cannot take back what administrators told", async () => {
  const panel = openPanel("/servers", {
    "GET /me": { body: { name: "kim", admin: false, communities: [{ id: 3, title: "Physics" }] } },
    "GET /communities": PHYSICS,
    "GET /announcements": {
      body: {
        items: [
          {
            community: null,
            text: "New disks.",
            pausesStarts: false,
            stopsAt: null,
            since: "2026-11-27T02:00:00Z",
          },
        ],
      },
    },
  });
  expect(await screen.findByText("New disks.")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Take back/ })).toBeNull();
  await panel.user.click(screen.getByRole("button", { name: "Stop many servers" }));
  expect(screen.queryByRole("option", { name: "Everybody on the platform" })).toBeNull();
});
