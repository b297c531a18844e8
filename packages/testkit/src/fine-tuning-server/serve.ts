import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { type Answer, type Call, json, Refusal } from "./call.ts";
import { type FaultEffect, takeFault } from "./faults.ts";
import { readForm, recordForm } from "./multipart.ts";
import { answer, type Flavour } from "./route.ts";
import { breakDuringBody, readBody, send } from "./send.ts";
import type { RecordedRequest } from "./server-options.ts";
import type { State } from "./state.ts";

/** Answers one request, or does what goes wrong with it, and records it. */
export async function serve(
  state: State,
  flavour: Flavour,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { method = "", headers } = request;
  const url = new URL(request.url!, "http://127.0.0.1");
  const record = recordOf(method, url, headers);
  state.requests.push(record);
  const effect = takeFault(state.faults, `${method} ${request.url}`);
  if (effect?.kind === "drop" && effect.when === "before-body") {
    request.socket.destroy();
    tellWatchers(state, record);
    return;
  }
  if (effect?.kind === "drop" && effect.when === "during-body") {
    await breakDuringBody(request);
    tellWatchers(state, record);
    return;
  }
  const call: Call = { method, url, headers, body: await readBody(request) };
  record.body = recordBody(call);
  const answered = answerOrRefuse(state, flavour, { call, effect });
  // Recorded first: a client that has its answer may ask the server at once.
  const isDropped = effect?.kind === "drop";
  record.status = isDropped ? undefined : answered.status;
  record.answer = isDropped ? undefined : parseJson(answered.body);
  tellWatchers(state, record);
  response.setHeader("x-request-id", `req_${state.requests.length}`);
  await send(response, answered, effect);
}

function tellWatchers(state: State, record: RecordedRequest): void {
  const line = `${record.method} ${record.path}`;
  const fitting = state.watchers.filter((watcher) => watcher.line.test(line));
  state.watchers = state.watchers.filter((watcher) => !fitting.includes(watcher));
  for (const { resolve } of fitting) {
    resolve(record);
  }
}

function answerOrRefuse(
  state: State,
  flavour: Flavour,
  { call, effect }: { call: Call; effect: FaultEffect | undefined },
): Answer {
  try {
    if (effect?.kind === "answer") {
      const { status, headers, body } = effect;
      const envelope = body ?? flavour.envelope(new Refusal(status, `This request fails with ${status}.`));
      const { headers: type, body: content } = json(envelope);
      return { status, headers: { ...type, ...headers }, body: content };
    }
    return answer(state, flavour, call);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    return json(flavour.envelope(error), error.status);
  }
}

function recordOf(method: string, url: URL, headers: IncomingHttpHeaders): Mutable<RecordedRequest> {
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    /^(?:authorization|api-key)$/u.test(name) ? cutKey(String(value)) : String(value),
  ]);
  return {
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(shown),
    body: undefined,
    status: undefined,
    answer: undefined,
  };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const cutKey = (value: string): string => value.replace(/^((?:Bearer )?.{0,4}).*$/u, "$1…");

function recordBody(call: Call): unknown {
  if (call.body.length === 0) {
    return undefined;
  }
  if (!(call.headers["content-type"] ?? "").startsWith("multipart/")) {
    return parseJson(call.body);
  }
  try {
    return recordForm(readForm(call));
  } catch {
    return undefined;
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
