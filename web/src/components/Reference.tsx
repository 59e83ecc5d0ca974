import { Fragment } from "react";

/**
 * An image reference that breaks where it has joints, after "/" and ":", and whose digests are cut
 * to twelve digits, as the container engine shows them.
 */
export function Reference({ children }: { children: string }) {
  const short = children.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/, "$1");
  return (
    <code className="reference">
      {short.split(/(?<=[/:@])/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
