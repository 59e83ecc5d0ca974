import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { vi } from "vitest";
import { App } from "../App";
import { newQueryClient } from "../api/queries";
import { Announcer } from "../components/Announcer";
import { anOverview } from "./samples";

type Answer = {
  status?: number;
  body?: unknown;
  text?: string;
  never?: boolean;
  unreachable?: boolean;
};
type Asked = { method: string; path: string; headers: Headers; body: unknown };

/** What a small, healthy and empty platform answers; each test changes what it is about. */
const HEALTHY: Record<string, Answer> = {
  "GET /me": { body: { name: "ada", admin: true, communities: [] } },
  "GET /overview": { body: anOverview() },
  "GET /servers": { body: { items: [] } },
  "GET /jobs": { body: { items: [] } },
  "GET /health": { body: { at: "2026-01-01T09:00:00Z", items: [] } },
  "GET /communities": { body: { items: [] } },
  "GET /people": { body: { items: [] } },
  "GET /audit": { body: { items: [] } },
  "GET /announcements": { body: { items: [] } },
  "GET /sign-in/providers": {
    body: { callbackUrl: "https://hub.test/sso/callback", items: [] },
  },
  "GET /sign-in/second-factor": {
    body: { administrators: false, managers: false, own: true, version: 0 },
  },
  "GET /communities/3/sign-in": { body: { providers: [], requests: [] } },
  "GET /communities/3/sign-up": {
    body: { byRequest: false, address: "https://hub.test/hub/signup", events: [] },
  },
};

/** A problem as the platform sends it. */
export function problem(status: number, code: string, detail: string): Answer {
  return { status, body: { type: "about:blank", status, code, detail } };
}

/**
 * The whole panel at one of its addresses, over a platform that gives the stated answers. Answers
 * may be changed while it runs. Keys are `METHOD /path`, without the query.
 */
export function openPanel(path: string, answers: Record<string, Answer> = {}) {
  const platform = { ...HEALTHY, ...answers };
  const asked: Asked[] = [];
  const signedOut = vi.fn();
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const { pathname } = new URL(url, "http://platform.test");
    const method = init.method ?? "GET";
    const short = pathname.replace("/api/admin/v1", "");
    const sent = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    asked.push({ method, path: url, headers: new Headers(init.headers), body: sent });
    const answer = platform[`${method} ${short}`] ?? problem(404, "test.no-answer", short);
    if (answer.never) return new Promise<Response>(() => {});
    if (answer.unreachable) throw new TypeError("Failed to fetch");
    const { status = 200, body, text } = answer;
    if (text !== undefined) return new Response(text, { status });
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  });
  const client = newQueryClient(signedOut);
  const { queries } = client.getDefaultOptions();
  client.setDefaultOptions({ queries: { ...queries, retryDelay: 0 } });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[path]}>
        <Announcer>
          <App />
        </Announcer>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return { platform, asked, signedOut, client, user: userEvent.setup() };
}
