import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fireworks } from "./fireworks/flavour.ts";
import { advanceJob, hasEnded } from "./job-life.ts";
import { azure, openai } from "./openai/flavour.ts";
import type { Flavour } from "./route.ts";
import { serve } from "./serve.ts";
import type { FineTuningProvider, FineTuningServer, FineTuningServerOptions } from "./server-options.ts";
import { advanceFile, createState, type State } from "./state.ts";
import { together } from "./together/flavour.ts";

/** A server that runs until it is closed. */
export interface RunningFineTuningServer extends FineTuningServer {
  close(): Promise<void>;
}

/**
 * Runs `use` beside a real HTTP server on a free port of 127.0.0.1 that behaves as a provider's fine-tuning API is
 * documented. It refuses whatever is not documented (unknown keys and queries, values out of range, another key),
 * keeps what it is told for as long as it runs, and records every request. Nothing happens by the clock: a job and a
 * file move on when their status is asked for, or by `advance` and `finish`.
 *
 * ```ts
 * const faults = [{ on: /^POST \/v1\/fine_tuning\/jobs$/u, effect: dropConnection("after-request") }];
 * await withFineTuningServer({ faults }, async (server) => {
 *   const client = new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey });
 *   const file = await client.files.create({ file: createReadStream("train.jsonl"), purpose: "fine-tune" });
 *   await client.files.waitForProcessing(file.id, { pollInterval: 1 });
 *   …
 *   expect(server.jobs).toHaveLength(1);
 *   expect(server.count(/^POST \/v1\/files$/)).toBe(1);
 * });
 * ```
 *
 * A whole process is given `server.baseUrl` and `server.apiKey` in its environment or flags. To kill it in the middle,
 * let an answer `stall` and wait for `server.next(line)`.
 */
export async function withFineTuningServer<T>(
  options: FineTuningServerOptions,
  use: (server: FineTuningServer) => Promise<T>,
): Promise<T> {
  const server = await startFineTuningServer(options);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

/** The same server, for tests that cannot be one function: it runs until `close`. */
export async function startFineTuningServer(
  options: FineTuningServerOptions = {},
): Promise<RunningFineTuningServer> {
  const state = createState(options);
  const flavour = flavours[options.provider ?? "openai"];
  const server = createServer((request, response) => {
    serve(state, flavour, { request, response }).catch((error) => breakDown(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...controls(state),
    origin: `http://127.0.0.1:${port}`,
    baseUrl: `http://127.0.0.1:${port}${flavour.basePath}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Says what is wrong with this server, unless the client went away in the middle of its request. */
function breakDown(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
  } else {
    response.writeHead(500).end(String(error));
  }
}

const flavours: Record<FineTuningProvider, Flavour> = { openai, azure, together, fireworks };

function controls(state: State): Omit<FineTuningServer, "origin" | "baseUrl"> {
  const { apiKey, requests, files, uploads, jobs, faults } = state;
  return {
    ...{ apiKey, requests, files, uploads, jobs, faults },
    count: (line) => requests.filter(({ method, path }) => line.test(`${method} ${path}`)).length,
    next: (line) => new Promise((resolve) => state.watchers.push({ line, resolve })),
    advance(id, polls = 1) {
      for (let poll = 0; poll < polls; poll++) {
        advance(state, id);
      }
    },
    finish(jobId) {
      const job = jobs.find(({ id }) => id === jobId)!;
      while (!hasEnded(job) && job.stage !== "paused") {
        advanceJob(state, job);
      }
    },
    passTime(seconds) {
      state.now += seconds;
    },
  };
}

function advance(state: State, id: string): void {
  const job = state.jobs.find((one) => one.id === id);
  const file = state.files.find((one) => one.id === id);
  if (job !== undefined) {
    advanceJob(state, job);
  } else if (file !== undefined) {
    advanceFile(file);
  } else {
    throw new Error(`There is no job or file ${id}.`);
  }
}
