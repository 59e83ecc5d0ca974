/** Shown while the first answer is on its way; held back a moment by the style sheet, so that a fast answer does not flash. */
export function Loading({ what }: { what: string }) {
  return (
    <p className="loading" role="status">
      Loading {what}…
    </p>
  );
}
