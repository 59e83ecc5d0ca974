import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";
import { aCommunity, anOverview, aProvider } from "../../testing/samples";

const CALLBACK = "https://hub.test/sso/callback";

function withProviders(...items: ReturnType<typeof aProvider>[]) {
  return { "GET /sign-in/providers": { body: { callbackUrl: CALLBACK, items } } };
}

test("without providers it says how people sign in, and the exact callback address", async () => {
  openPanel("/sign-in");
  expect(await screen.findByRole("heading", { name: "No provider yet" })).toBeVisible();
  expect(screen.getByText(CALLBACK)).toBeVisible();
  expect(screen.getByRole("button", { name: "Copy the callback address" })).toBeVisible();
});

test("a provider is checked before it is saved, with what its preset fills in", async () => {
  const { user, asked } = openPanel("/sign-in", {
    "POST /sign-in/check": { body: { found: ["The provider answers."] } },
    "POST /sign-in/providers": { status: 201, body: aProvider() },
  });
  await user.click(await screen.findByRole("button", { name: "Add a provider" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.selectOptions(dialog.getByLabelText("Kind"), "Google");
  expect(dialog.getByLabelText("Issuer")).toHaveValue("https://accounts.google.com");
  await user.type(dialog.getByLabelText("Title"), "Google");
  await user.type(dialog.getByLabelText("Client id"), "id-of-ours");
  await user.type(dialog.getByLabelText("Client secret"), "s3cret");
  await user.click(dialog.getByRole("button", { name: "Check and save" }));
  expect(await screen.findByText(/They are saved; try them now/)).toBeVisible();
  const changes = asked.filter(({ method }) => method === "POST");
  expect(changes.map(({ path }) => path.split("/v1")[1])).toEqual([
    "/sign-in/check",
    "/sign-in/providers",
  ]);
  expect(changes[1]?.body).toMatchObject({
    title: "Google",
    preset: "GOOGLE",
    secret: "s3cret",
    openId: { clientId: "id-of-ours", scopes: ["profile", "email"] },
    ldap: null,
    seen: 0,
  });
});

test("settings that do not work are not saved and stay to be corrected", async () => {
  const { user, asked } = openPanel("/sign-in", {
    ...withProviders(aProvider()),
    "POST /sign-in/check": problem(400, "provider.credentials-wrong", "Copy both again."),
  });
  await user.click(await screen.findByRole("button", { name: "Change: School" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByLabelText("Client secret")).not.toBeRequired();
  await user.click(dialog.getByRole("button", { name: "Check and save" }));
  expect(await dialog.findByText("Copy both again.")).toBeVisible();
  expect(asked.some(({ method }) => method === "PUT")).toBe(false);
  expect(dialog.getByLabelText("Client id")).toHaveValue("lyceum");
});

test("saved settings do not count before they are tried at the provider", async () => {
  const candidate = aProvider().live;
  openPanel("/sign-in", withProviders(aProvider({ candidate, live: null, enabled: false })));
  expect(await screen.findByText("Not in force yet")).toBeVisible();
  expect(screen.getByRole("link", { name: "Try them" })).toHaveAttribute(
    "href",
    "/sso/start?trial=1&provider=1",
  );
  expect(screen.queryByRole("button", { name: "Put into force: School" })).toBeNull();
});

test("settings are put into force when a trial has signed somebody in", async () => {
  const candidate = aProvider().live;
  const { user, asked } = openPanel("/sign-in", {
    ...withProviders(aProvider({ candidate, candidateTried: "ada" })),
    "POST /sign-in/providers/1/activate": { body: aProvider() },
  });
  expect(await screen.findByText(/a trial has signed in ada/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Put into force: School" }));
  expect(await screen.findByText("The settings are in force.")).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ version: 4 });
});

test("a provider that does not answer says since when, here and on the overview", async () => {
  const down = aProvider({
    downSince: new Date(Date.now() - 60_000).toISOString(),
    downBecause: "No connection.",
  });
  openPanel("/sign-in", withProviders(down));
  expect(await screen.findByText("Does not answer")).toBeVisible();
  expect(screen.getByText(/No connection\./)).toBeVisible();
});

test("the overview names providers that are down and secrets that end", async () => {
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const live = aProvider().live;
  openPanel("/", {
    "GET /overview": { body: anOverview() },
    ...withProviders(
      aProvider({ live: live && { ...live, secretExpiresOn: soon } }),
      aProvider({ id: 2, title: "Library", downSince: "2026-01-01T08:00:00Z" }),
      aProvider({ id: 3, title: "Old", enabled: false, downSince: "2026-01-01T08:00:00Z" }),
    ),
  });
  expect(await screen.findByText(`The secret of School expires on ${soon}.`)).toBeVisible();
  expect(screen.getByText(/Library signs nobody in since/)).toBeVisible();
  expect(screen.queryByText(/Old signs nobody in/)).toBeNull();
});

test("a community says whom a provider lets in, and answers who asked", async () => {
  const request = {
    id: 9,
    provider: null,
    name: "eve",
    email: null,
    note: "Of the first year",
    askedAt: "2026-01-01T08:00:00Z",
  };
  const accepted = { provider: 1, title: "School", enabled: true, rule: null };
  const { user, asked } = openPanel("/communities/3", {
    "GET /communities": { body: { items: [aCommunity()] } },
    "GET /communities/3/sign-in": { body: { providers: [accepted], requests: [request] } },
    "GET /communities/3/members": { body: { items: [], next: null } },
    "GET /communities/3/groups": { body: { items: [], next: null } },
    "PUT /communities/3/sign-in/providers/1": { status: 204 },
    "POST /communities/3/sign-in/requests/9/admit": { status: 204 },
  });
  await user.click(await screen.findByRole("button", { name: "Accept: School" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.type(dialog.getByLabelText("Domains"), "school.example");
  await user.click(dialog.getByLabelText(/Others may ask/));
  await user.click(dialog.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("It counts from the next sign-in on.")).toBeVisible();
  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
    who: "MATCHING",
    domains: ["school.example"],
    organisations: [],
    groups: [],
    people: [],
    asks: true,
  });
  expect(screen.getByText("Of the first year")).toBeVisible();
  expect(screen.getByText("this platform")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Let in: eve" }));
  expect(await screen.findByText("They are answered.")).toBeVisible();
});

test("administrators must have a second factor when the rule says so", async () => {
  const rule = { administrators: false, managers: false, own: true, version: 4 };
  const { user, asked } = openPanel("/sign-in", {
    "GET /sign-in/second-factor": { body: rule },
    "PUT /sign-in/second-factor": { body: { ...rule, administrators: true, version: 5 } },
  });
  await user.click(await screen.findByLabelText("Administrators of the platform"));
  await user.click(screen.getByRole("button", { name: "Save who must" }));
  expect(await screen.findByText(/counts from the next sign-in on/)).toBeVisible();
  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
    administrators: true,
    managers: false,
    version: 4,
  });
});

test("who has no second factor is led to theirs before they ask others for one", async () => {
  openPanel("/sign-in", {
    "GET /sign-in/second-factor": {
      body: { administrators: false, managers: false, own: false, version: 0 },
    },
    "PUT /sign-in/second-factor": problem(409, "factor.own-first", "Yours first."),
  });
  expect(await screen.findByRole("link", { name: "Set up yours" })).toHaveAttribute(
    "href",
    "/hub/second-factor",
  );
});
