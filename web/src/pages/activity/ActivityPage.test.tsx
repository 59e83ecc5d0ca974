import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";

test("each change says who did what to which thing", async () => {
  const at = new Date(Date.now() - 5 * 60_000).toISOString();
  openPanel("/activity", {
    "GET /audit": {
      body: {
        items: [
          { at, actor: "ada", action: "Stopped a server", thing: "server 7", detail: null },
          { at, actor: "job servers.cull", action: "Stopped a server", thing: "server 7" },
        ],
      },
    },
  });
  const table = within(await screen.findByRole("table", { name: "Activity" }));
  expect(table.getByText("ada")).toBeVisible();
  expect(table.getByText("job servers.cull")).toBeVisible();
  expect(table.getAllByText("5 minutes ago")).toHaveLength(2);
});

test("no change yet is explained", async () => {
  openPanel("/activity");
  expect(
    await screen.findByRole("heading", { name: "Nothing has been changed yet" }),
  ).toBeVisible();
});

test("a failed list shows the platform's sentence", async () => {
  openPanel("/activity", { "GET /audit": problem(400, "audit.odd", "Ask again.") });
  expect(await screen.findByText("Ask again.")).toBeVisible();
});
