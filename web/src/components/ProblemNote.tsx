import { ApiProblem } from "../api/client";

/** A failure in the platform's own words, with its code for whoever searches the documentation. */
export function ProblemNote({ problem }: { problem: Error }) {
  if (!(problem instanceof ApiProblem)) throw problem; // a bug: the error boundary's business
  return (
    <div className="note note-bad" role="alert">
      <p>{problem.message}</p>
      <p className="quiet">
        Code: <code>{problem.code}</code>
      </p>
    </div>
  );
}
