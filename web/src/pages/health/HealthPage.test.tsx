import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";
import { aCheck } from "../../testing/samples";

const AT = "2026-01-01T09:00:00Z";

test("all answers are read under their headings, and a calm platform says so", async () => {
  openPanel("/health", {
    "GET /health": { body: { at: AT, items: [aCheck(), aCheck({ id: "b", area: "STORAGE" })] } },
  });
  expect(await screen.findByText("All is well.")).toBeVisible();
  const machine = screen.getByRole("region", { name: "Machine" });
  expect(within(machine).getByText("7 GiB of 8 GiB are available.")).toBeVisible();
  expect(screen.queryByRole("heading", { name: "What to do" })).toBeNull();
});

test("what is wrong comes first, with what puts it right and a command to copy", async () => {
  const { user } = openPanel("/health", {
    "GET /health": {
      body: {
        at: AT,
        items: [
          aCheck({
            id: "w",
            level: "WARNING",
            asks: "Do servers go on?",
            fix: "Set live-restore.",
            command: "systemctl restart docker",
          }),
          aCheck({ id: "f", level: "FAULT", asks: "Is there room?", fix: "Make room." }),
          aCheck({ id: "u", level: "UNKNOWN", asks: "Is it known?" }),
        ],
      },
    },
  });
  expect(await screen.findByText("1 thing wrong, 1 could be better.")).toBeVisible();
  const todo = screen.getByRole("region", { name: "What to do" });
  const titles = within(todo).getAllByRole("heading", { level: 3 });
  expect(titles.map((title) => title.textContent)).toEqual([
    "Is there room? Wrong",
    "Do servers go on? Could be better",
  ]);
  expect(within(todo).getByText("Make room.")).toBeVisible();
  expect(within(todo).getByLabelText("On the machine, as root")).toHaveValue(
    "systemctl restart docker",
  );
  await user.click(within(todo).getByRole("button", { name: "Copy" }));
});

test("checking again shows the new answers and says how it is", async () => {
  const { user } = openPanel("/health", {
    "GET /health": { body: { at: AT, items: [aCheck({ level: "FAULT" })] } },
    "POST /health/check": { body: { at: AT, items: [aCheck()] } },
  });
  await user.click(await screen.findByRole("button", { name: "Check again" }));
  expect(await screen.findAllByText("All is well.")).toHaveLength(2);
});

test("a check that cannot be made says why", async () => {
  const { user } = openPanel("/health", {
    "GET /health": { body: { at: AT, items: [aCheck()] } },
    "POST /health/check": problem(503, "db.busy", "Too many wait; try again."),
  });
  await user.click(await screen.findByRole("button", { name: "Check again" }));
  expect(await screen.findByText("Too many wait; try again.")).toBeVisible();
});
