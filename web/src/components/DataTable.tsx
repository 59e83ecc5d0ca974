import type { ReactNode } from "react";

export type Column<T> = { header: string; cell: (item: T) => ReactNode; numeric?: boolean };

/**
 * A table that becomes a list of cards on a phone. The roles are written out because a table laid
 * out as blocks loses its own in some browsers.
 */
export function DataTable<T>(props: {
  caption: string;
  columns: Column<T>[];
  items: T[];
  keyOf: (item: T) => string | number;
}) {
  const [first, ...others] = props.columns;
  if (!first) throw new Error("a table needs a column");
  return (
    <table className="data" role="table">
      <caption className="unseen">{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map((column) => (
            <th key={column.header} scope="col" role="columnheader" data-numeric={column.numeric}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.items.map((item) => (
          <tr key={props.keyOf(item)} role="row">
            <th scope="row" role="rowheader">
              {first.cell(item)}
            </th>
            {others.map((column) => (
              <td
                key={column.header}
                role="cell"
                data-label={column.header}
                data-numeric={column.numeric}
              >
                <div>{column.cell(item)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
