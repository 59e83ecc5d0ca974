import { useId } from "react";
import type { Machine } from "../../api/catalog";

export type DeviceWish = { kind: string; count: number };

type Props = {
  machine: Machine;
  at: DeviceWish | null;
  /** What it means to pick nothing. */
  nothing: string;
  /** Whether none at all is something else than nothing picked. */
  none?: boolean;
  onChange: (next: DeviceWish | null) => void;
};

/** Which of the machine's devices a server has, and how many. Not there where there are none. */
export function DeviceField({ machine, at, nothing, none, onChange }: Props) {
  const kindId = useId();
  const countId = useId();
  if (machine.devices.length === 0 && at === null) return null;
  const kind = machine.devices.find((each) => each.name === at?.kind);
  const lost = at !== null && at.count > 0 && kind === undefined;
  const value = at === null ? "" : at.count === 0 ? "-" : at.kind;
  const pick = (name: string) => {
    const first = machine.devices[0]?.name ?? at?.kind ?? "";
    onChange(
      name === "" ? null : name === "-" ? { kind: first, count: 0 } : { kind: name, count: 1 },
    );
  };
  return (
    <>
      <div className="field">
        <label htmlFor={kindId}>Device</label>
        <select id={kindId} value={value} onChange={(event) => pick(event.target.value)}>
          <option value="">{nothing}</option>
          {none && <option value="-">None</option>}
          {lost && <option value={at.kind}>{at.kind} (not on this machine)</option>}
          {machine.devices.map((each) => (
            <option key={each.name} value={each.name}>
              {each.label} ({each.units} × {each.seats} {each.seats === 1 ? "seat" : "seats"})
            </option>
          ))}
        </select>
      </div>
      {at !== null && at.count > 0 && (
        <div className="field">
          <label htmlFor={countId}>How many of it</label>
          <select
            id={countId}
            value={at.count}
            onChange={(event) => onChange({ ...at, count: Number(event.target.value) })}
          >
            {Array.from({ length: Math.max(kind?.units ?? 1, at.count) }, (_, n) => n + 1).map(
              (count) => (
                <option key={count}>{count}</option>
              ),
            )}
          </select>
        </div>
      )}
      {lost && (
        <p className="note note-warn">
          This machine has no such device any more, so nobody can start this. Pick another, or
          declare it in lyceum.toml again.
        </p>
      )}
    </>
  );
}
