import { Component, type ReactNode } from "react";

/** The last resort for a bug in the panel: says so, and offers the one thing that helps. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="alone">
        <h1>The panel stumbled</h1>
        <p>This is a mistake in the panel, not in your platform: servers go on running.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </main>
    );
  }
}
