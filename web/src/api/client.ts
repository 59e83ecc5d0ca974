import type { Operations } from "./schema";

const BASE = "/api/admin/v1";

/** A platform that does not answer within this time is treated as one that is not there. */
const TIMEOUT_MILLIS = 20_000;

/**
 * A failure meant for the person who asked: `detail` is a sentence that names the next step and is
 * shown as it is. Status 0 means that no answer came at all.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = "ApiProblem";
    this.status = status;
    this.code = code;
  }
}

type Verbs = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Paths below the API that can be read. */
type ReadPath = {
  [K in keyof Operations]: K extends `GET ${infer P}` ? P : never;
}[keyof Operations];

/** Those among them that can be read as they are. */
type PlainPath = {
  [P in ReadPath]: Operations[`GET ${P}`] extends { path: unknown } ? never : P;
}[ReadPath];

/** Those among them with names to fill in. */
type NamedPath = Exclude<ReadPath, PlainPath>;

type Names<P extends NamedPath> = Operations[`GET ${P}`]["path"];

type Answer<P extends ReadPath> = Operations[`GET ${P}`]["answer"];

type Query<P extends ReadPath> = Operations[`GET ${P}`] extends { query: infer Q } ? Q : undefined;

/** Operations that change something. */
type Change = Exclude<keyof Operations, `GET ${string}`>;

/** What a change needs besides its name: `path` for the names in its path, `query`, `body`. */
type Input<C extends Change> = Omit<Operations[C], "answer">;

/** Reads one resource. @throws ApiProblem for every answer that is not a success */
export function read<P extends PlainPath>(
  path: P,
  signal?: AbortSignal,
  query?: Query<P>,
): Promise<Answer<P>> {
  return get<P>(path, signal, query);
}

/** Reads one resource whose path has names. @throws ApiProblem as `read` */
export function readAt<P extends NamedPath>(
  path: P,
  names: Names<P>,
  signal?: AbortSignal,
  query?: Query<P>,
): Promise<Answer<P>> {
  return get<P>(fill(path, names), signal, query);
}

async function get<P extends ReadPath>(
  path: string,
  signal?: AbortSignal,
  query?: Query<P>,
): Promise<Answer<P>> {
  const search = query ? `?${new URLSearchParams(textsOf(query))}` : "";
  const init = { headers: { accept: "application/json", "x-lyceum-csrf": proof() } };
  const response = await send(path + search, init, signal);
  return (await response.json()) as Answer<P>;
}

/**
 * Reads a stream of events to its end. A connection that breaks ends it with an error: nothing is
 * asked for twice. @throws ApiProblem as `read`
 */
export async function follow<P extends NamedPath>(
  path: P,
  names: Names<P>,
  onEvent: (event: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const init = { headers: { accept: "text/event-stream", "x-lyceum-csrf": proof() }, signal };
  const response = await fetch(BASE + fill(path, names), { ...init, credentials: "same-origin" });
  if (!response.ok) throw await problemOf(response);
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let begun = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const frames = (begun + piece.value).split("\n\n");
    begun = frames.pop() ?? "";
    for (const frame of frames) {
      if (frame.startsWith("data:")) onEvent(JSON.parse(frame.slice("data:".length)));
    }
  }
}

/** What tells the platform that a page of its own is asking: it stands in the page and nowhere else. */
function proof(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}

/** Asks for an action. */
export async function act<C extends Change>(
  change: C,
  input: Input<C>,
): Promise<Operations[C]["answer"]> {
  const [method, template] = change.split(" ") as [Verbs, string];
  const { path = {}, query, body } = input as { path?: object; query?: object; body?: unknown };
  const search = query ? `?${new URLSearchParams(textsOf(query))}` : "";
  const filled = fill(template, path) + search;
  const headers: Record<string, string> = { accept: "application/json", "x-lyceum-csrf": proof() };
  if (body !== undefined) headers["content-type"] = "application/json";
  const init = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
  const response = await send(filled, init);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as Operations[C]["answer"];
}

/** A resource's address, for what the browser fetches by itself. */
export function addressOf<P extends NamedPath>(path: P, names: Names<P>): string {
  return BASE + fill(path, names);
}

function fill(template: string, names: object): string {
  const texts = textsOf(names);
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(texts[name] ?? ""));
}

function textsOf(values: object): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

async function send(path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
  const deadline = AbortSignal.timeout(TIMEOUT_MILLIS);
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      ...init,
      credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
  } catch (error) {
    if (signal?.aborted) throw error; // the page was left: nobody is there to be told
    throw new ApiProblem(
      0,
      "platform.unreachable",
      "Lyceum does not answer. Check that the platform runs and that you are on its network; " +
        "this page tries again by itself.",
    );
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const { code, detail } = isObject(body) ? body : {};
  return new ApiProblem(
    response.status,
    typeof code === "string" ? code : `http.${response.status}`,
    typeof detail === "string"
      ? detail
      : `Lyceum answered with status ${response.status} and no explanation. Look at the platform's log.`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
