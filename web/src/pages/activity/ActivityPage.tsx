import { useQuery } from "@tanstack/react-query";
import { type AuditEntry, auditQuery } from "../../api/audit";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { LivePage } from "../../components/LivePage";
import { Nothing, When } from "../../components/When";

type Row = AuditEntry & { key: number };

const COLUMNS: Column<Row>[] = [
  { header: "Action", cell: (entry) => entry.action },
  { header: "Thing", cell: (entry) => <code>{entry.thing}</code> },
  { header: "By", cell: (entry) => entry.actor },
  { header: "When", cell: (entry) => <When at={entry.at} /> },
  { header: "Detail", cell: (entry) => entry.detail || <Nothing>none</Nothing> },
];

/** Who did what to which thing, newest first. */
export function ActivityPage() {
  const audit = useQuery(auditQuery);
  return (
    <LivePage title="Activity" query={audit} lead="Every change anybody made, newest first.">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="Nothing has been changed yet">
            <p>Every change is written here with who made it: accounts, servers, settings.</p>
          </EmptyState>
        ) : (
          <DataTable
            caption="Activity"
            columns={COLUMNS}
            // Counted from the oldest, so that a new entry on top leaves the others' keys alone.
            items={items.map((entry, index) => ({ ...entry, key: items.length - index }))}
            keyOf={(entry) => entry.key}
          />
        )
      }
    </LivePage>
  );
}
