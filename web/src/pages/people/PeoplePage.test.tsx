import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";

const ADA = {
  id: 1,
  name: "ada",
  admin: true,
  secondFactor: true,
  createdAt: "2026-01-01T08:00:00Z",
};
const BOB = {
  id: 2,
  name: "bob",
  admin: false,
  secondFactor: false,
  createdAt: "2026-01-02T08:00:00Z",
};

test("people have a name, a standing and a last activity", async () => {
  openPanel("/people", { "GET /people": { body: { items: [ADA, BOB] } } });
  const ada = (await screen.findByRole("rowheader", { name: "ada" })).closest("tr") as HTMLElement;
  expect(within(ada).getByText("Administrator")).toBeVisible();
  expect(within(ada).getByText("never")).toBeVisible();
  const bob = screen.getByRole("rowheader", { name: "bob" }).closest("tr") as HTMLElement;
  expect(within(bob).getByText("User")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show more people" })).toBeNull();
});

test("more people come on request, from where the first page ended", async () => {
  const { user, asked, platform } = openPanel("/people", {
    "GET /people": { body: { items: [ADA], next: 1 } },
  });
  const more = await screen.findByRole("button", { name: "Show more people" });
  platform["GET /people"] = { body: { items: [BOB] } };
  await user.click(more);
  expect(await screen.findByRole("rowheader", { name: "bob" })).toBeVisible();
  expect(asked.map((request) => request.path)).toContain("/api/admin/v1/people?offset=1");
});

test("nobody yet is said with how the first person gets in", async () => {
  openPanel("/people");
  expect(await screen.findByText(/made with the setup link/)).toBeVisible();
});

test("a failed list shows the platform's sentence", async () => {
  openPanel("/people", { "GET /people": problem(400, "people.odd", "Ask again.") });
  expect(await screen.findByText("Ask again.")).toBeVisible();
});

test("somebody who has forgotten their password is given a link, shown once", async () => {
  const { user, asked } = openPanel("/people", {
    "GET /people": { body: { items: [ADA, BOB] } },
    "POST /people/2/password-link": {
      body: {
        name: "bob",
        first: false,
        address: "http://127.0.0.1/hub/password-link?key=abc",
        until: "2026-12-01T08:00:00Z",
      },
    },
  });
  await user.click(await screen.findByRole("button", { name: "Password link: bob" }));
  const dialog = within(await screen.findByRole("dialog", { name: "A new password for bob" }));
  expect(dialog.getByLabelText("Link")).toHaveValue("http://127.0.0.1/hub/password-link?key=abc");
  await user.click(dialog.getByRole("button", { name: "Copy" }));
  expect(await navigator.clipboard.readText()).toBe("http://127.0.0.1/hub/password-link?key=abc");
  await user.click(dialog.getByRole("button", { name: "Done" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("a lost second factor is removed with a reason", async () => {
  const { user, asked } = openPanel("/people", {
    "GET /people": { body: { items: [ADA, { ...BOB, secondFactor: true }] } },
    "POST /people/2/take-factor-away": { status: 204 },
  });
  await user.click(await screen.findByRole("button", { name: "Remove second factor: bob" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.type(dialog.getByLabelText("Reason"), "Telephone lost");
  await user.click(dialog.getByRole("button", { name: "Remove it" }));
  expect(await screen.findByText("The second factor of bob is removed.")).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ reason: "Telephone lost" });
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("who has no second factor has none to be removed", async () => {
  openPanel("/people", { "GET /people": { body: { items: [BOB] } } });
  expect(await screen.findByText("none")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Remove second factor/ })).toBeNull();
});
