import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./App";
import { newQueryClient } from "./api/queries";
import { Announcer } from "./components/Announcer";
import { ErrorBoundary } from "./components/ErrorBoundary";
import "./panel.css";

/** The session is over: the sign-in page brings people back to where they were. */
function signIn() {
  window.location.assign(`/hub/login?next=${encodeURIComponent(window.location.pathname)}`);
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no root element");
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <QueryClientProvider client={newQueryClient(signIn)}>
        <BrowserRouter basename={import.meta.env.BASE_URL}>
          <Announcer>
            <App />
          </Announcer>
        </BrowserRouter>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
);
