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

/** Reads one resource. @throws ApiProblem for every answer that is not a success */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, { headers: { accept: "application/json" } }, signal);
  return (await response.json()) as T;
}

/** Asks for an action. The header tells the platform that a page of its own is asking. */
export async function act(path: string): Promise<void> {
  await send(path, {
    method: "POST",
    headers: { accept: "application/json", "x-lyceum-csrf": "1" },
  });
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
