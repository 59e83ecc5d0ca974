import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel } from "../../testing/panel";
import { aCommunity } from "../../testing/samples";

const HOUR = 3_600_000;
const EVENT = {
  id: 4,
  title: "Open day",
  startsAt: new Date(Date.now() - HOUR).toISOString(),
  endsAt: new Date(Date.now() + HOUR).toISOString(),
  people: 40,
  came: 3,
  temporary: true,
};

function withSignUp(byRequest: boolean, events: unknown[]) {
  return {
    "GET /communities": { body: { items: [aCommunity()] } },
    "GET /communities/3/members": { body: { items: [], next: null } },
    "GET /communities/3/groups": { body: { items: [], next: null } },
    "GET /communities/3/sign-up": {
      body: { byRequest, address: "https://lab.example/hub/signup", events },
    },
    "PUT /communities/3/sign-up": { status: 204 },
    "POST /communities/3/sign-up/events": {
      status: 201,
      body: { event: EVENT, code: "BCDF-GHJK-LMNP" },
    },
    "POST /communities/3/sign-up/events/4/end": { status: 204 },
  };
}

test("a manager lets people ask for an account, and finds the page to hand on", async () => {
  const { user, asked } = openPanel("/communities/3", withSignUp(false, []));
  const tick = await screen.findByLabelText(/People may ask for an account/);
  expect(tick).not.toBeChecked();
  expect(screen.queryByLabelText("Page for people")).toBeNull();
  await user.click(tick);
  expect(await screen.findByText("It counts from now on.")).toBeVisible();
  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({ byRequest: true });
});

test("an event shows its code once", async () => {
  const { user, asked } = openPanel("/communities/3", withSignUp(false, []));
  await user.click(await screen.findByText("Make an event"));
  const dialog = within(screen.getByRole("dialog"));
  await user.type(dialog.getByLabelText("Title"), "Open day");
  await user.type(dialog.getByLabelText("From"), "2030-01-31T08:00");
  await user.type(dialog.getByLabelText("Until"), "2030-01-31T16:00");
  await user.click(dialog.getByLabelText(/Accounts end with the event/));
  await user.click(dialog.getByRole("button", { name: "Make it" }));
  expect(await screen.findByLabelText("Code")).toHaveValue("BCDF-GHJK-LMNP");
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    title: "Open day",
    startsAt: new Date("2030-01-31T08:00").toISOString(),
    endsAt: new Date("2030-01-31T16:00").toISOString(),
    people: 30,
    temporary: true,
  });
});

test("ending an event says what ends with it, and asks first", async () => {
  const { user, asked } = openPanel("/communities/3", withSignUp(false, [EVENT]));
  expect(await screen.findByText("3 of 40")).toBeVisible();
  expect(screen.getByLabelText("Page for people")).toHaveValue("https://lab.example/hub/signup");
  await user.click(screen.getByRole("button", { name: "End now: Open day" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText(/their servers stop/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "End it" }));
  expect(await screen.findByText(/its code is taken no more/)).toBeVisible();
  expect(asked.some(({ method }) => method === "POST")).toBe(true);
});
