import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "./testing/panel";

test("the panel says that it loads until it knows who is here", async () => {
  openPanel("/", { "GET /me": { never: true } });
  expect(await screen.findByText("Loading the panel…")).toBeInTheDocument();
});

test("an administrator gets a menu with all ten pages and a way out", async () => {
  openPanel("/");
  const menu = await screen.findByRole("navigation", { name: "Panel" });
  const names = within(menu)
    .getAllByRole("link")
    .map((link) => link.textContent);
  expect(names).toEqual([
    "Overview",
    "Servers",
    "Communities",
    "Storage",
    "Signing in",
    "People",
    "Environments",
    "Health",
    "Jobs",
    "Activity",
  ]);
  expect(screen.getByRole("link", { name: "Sign out" })).toHaveAttribute("href", "/sso/out?to=1");
});

test("a manager of a community gets the pages about it, and starts at its list", async () => {
  const maths = {
    id: 3,
    name: "maths",
    title: "Mathematics",
    baseUrl: "/maths/",
    url: "/maths/hub/home",
  };
  openPanel("/", { "GET /me": { body: { name: "eve", admin: false, communities: [maths] } } });
  const menu = await screen.findByRole("navigation", { name: "Panel" });
  const names = within(menu)
    .getAllByRole("link")
    .map((link) => link.textContent);
  expect(names).toEqual(["Servers", "Communities", "Storage", "Environments"]);
  expect(await screen.findByRole("heading", { level: 1, name: "Communities" })).toBeVisible();
  expect(screen.getByRole("link", { name: "My home page" })).toHaveAttribute(
    "href",
    "/maths/hub/home",
  );
  expect(screen.getByRole("link", { name: "Sign out" })).toHaveAttribute("href", "/sso/out?to=3");
});

test("the menu leads to a page, marks it, and hands it the title and the focus", async () => {
  const { user } = openPanel("/");
  await user.click(await screen.findByRole("link", { name: "Jobs" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Jobs" })).toHaveFocus();
  expect(screen.getByRole("link", { name: "Jobs" })).toHaveAttribute("aria-current", "page");
  expect(document.title).toBe("Jobs · Lyceum");
});

test("somebody who is no administrator reads who may see the panel, and nothing else", async () => {
  const { asked } = openPanel("/servers", {
    "GET /me": { body: { name: "eve", admin: false, communities: [] } },
  });
  expect(await screen.findByText(/signed in as eve, who is not an administrator/)).toBeVisible();
  expect(screen.queryByRole("navigation")).toBeNull();
  expect(asked.map((request) => request.path)).toEqual(["/api/admin/v1/me"]);
});

test("a refusal of the whole panel reads the same", async () => {
  openPanel("/", { "GET /me": problem(403, "panel.forbidden", "Only administrators.") });
  expect(await screen.findByRole("heading", { name: "For administrators" })).toBeVisible();
});

test("a session that is over leads to the sign-in page", async () => {
  const { signedOut } = openPanel("/", { "GET /me": problem(401, "session.none", "Sign in.") });
  await waitFor(() => expect(signedOut).toHaveBeenCalled());
});

test("a session that ends while a page is open leads there too", async () => {
  const { signedOut, platform, user } = openPanel("/");
  const jobs = await screen.findByRole("link", { name: "Jobs" });
  platform["GET /jobs"] = problem(401, "session.none", "Sign in.");
  await user.click(jobs);
  await waitFor(() => expect(signedOut).toHaveBeenCalled());
});

test("a platform that does not answer is said in plain words with the next step", async () => {
  openPanel("/", { "GET /me": { unreachable: true } });
  expect(
    await screen.findByText(/Lyceum does not answer\. Check that the platform runs/),
  ).toBeVisible();
});

test("an address without a page says so", async () => {
  openPanel("/nowhere");
  expect(await screen.findByRole("heading", { name: "No such page" })).toBeVisible();
});
