import type { IncomingMessage, ServerResponse } from "node:http";
import { withLoopbackServer } from "../loopback-server.ts";
import { answerHub } from "./answer-hub.ts";
import { type Exchange, Refusal } from "./exchange.ts";
import type { HubServer, HubServerOptions } from "./hub-server-options.ts";
import { addCommit, buffers, createState, headFiles, type State } from "./hub-state.ts";
import { answerStore } from "./store.ts";

/**
 * Runs `use` beside a real HTTP server that speaks the Hub's API as `@huggingface/hub` uses it, and a store on
 * another port that it redirects to.
 */
export async function withHubServer<T>(
  options: HubServerOptions,
  use: (server: HubServer) => Promise<T>,
): Promise<T> {
  const state = createState(options);
  const storeHandler = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    handle(state, "store", { request, response });
  return withLoopbackServer(storeHandler, (store) => {
    state.storeOrigin = store.origin;
    const hubHandler = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
      handle(state, "hub", { request, response });
    return withLoopbackServer(hubHandler, (hub) => {
      state.hubOrigin = hub.origin;
      return use({
        endpoint: hub.origin,
        log: state.log,
        faults: state.faults,
        head: (dataset, branch = "main") => state.repositories.get(dataset)!.branches.get(branch)!,
        files: (dataset, branch = "main") => headFiles(state.repositories.get(dataset)!, branch),
        titles: (dataset) => state.repositories.get(dataset)!.titles,
        isPrivate: (dataset) => state.repositories.get(dataset)!.private === true,
        commit(dataset, files) {
          const repository = state.repositories.get(dataset)!;
          return addCommit(
            repository,
            "main",
            new Map([...headFiles(repository, "main"), ...buffers(files)]),
          );
        },
      });
    });
  });
}

async function handle(
  state: State,
  server: "hub" | "store",
  { request, response }: Pick<Exchange, "request" | "response">,
): Promise<void> {
  const url = new URL(request.url!, server === "hub" ? state.hubOrigin : state.storeOrigin);
  const line = `${server} ${request.method} ${request.url}`;
  const { authorization, range } = request.headers;
  const entry = { line, authorization, range, ifRange: request.headers["if-range"] as string, sent: 0 };
  state.log.push(entry);
  const at = state.faults.findIndex(({ on }) => on.test(line));
  const [fault] = at === -1 ? [] : state.faults.splice(at, 1);
  const exchange = { request, response, url, entry, fault };
  if (fault?.status !== undefined) {
    response.writeHead(fault.status, fault.headers).end(fault.body);
    return;
  }
  try {
    await (server === "hub" ? answerHub(state, exchange) : answerStore(state, exchange));
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const { status, message, reason } = error;
    response
      .writeHead(status, {
        "content-type": "application/json",
        ...(reason === undefined ? {} : { "x-error-code": reason, "x-error-message": message }),
      })
      .end(JSON.stringify({ error: message }));
  }
}
