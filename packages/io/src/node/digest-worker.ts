import { Worker } from "node:worker_threads";

/**
 * What the worker runs. A text, as a file would have another name in the sources than in the published package.
 * It is CommonJS: that is what `eval` makes of a worker.
 */
const program = `
"use strict";
const { parentPort } = require("node:worker_threads");
const { createHash } = require("node:crypto");
const { open } = require("node:fs/promises");
const hashes = new Map();
const kinds = {
  update({ id, bytes, length }) {
    const hash = hashes.get(id) ?? createHash("sha256");
    hashes.set(id, hash.update(bytes.subarray(0, length)));
    return { bytes, transfer: [bytes.buffer] };
  },
  digest({ id }) {
    const hash = hashes.get(id) ?? createHash("sha256");
    hashes.delete(id);
    return { digest: hash.digest("hex") };
  },
  forget({ id }) {
    hashes.delete(id);
    return {};
  },
  async file({ path }) {
    const hash = createHash("sha256");
    const buffer = new Uint8Array(1 << 20);
    const handle = await open(path);
    try {
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) return { digest: hash.digest("hex") };
        hash.update(buffer.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  },
};
parentPort.on("message", async (message) => {
  try {
    const { transfer = [], ...answer } = await kinds[message.kind](message);
    parentPort.postMessage({ ...answer, ticket: message.ticket }, transfer);
  } catch (error) {
    parentPort.postMessage({ ticket: message.ticket, error: { code: error.code, message: error.message } });
  }
});
`;

/** A piece of work. Bytes that are given with it are moved to the worker, and back with the answer. */
export type DigestTask =
  | { kind: "update"; id: number; bytes: Uint8Array<ArrayBuffer>; length: number }
  | { kind: "digest" | "forget"; id: number }
  | { kind: "file"; path: string };

/** What came of it. */
export interface DigestAnswer {
  digest?: string;
  bytes?: Uint8Array<ArrayBuffer>;
}

/** A worker thread that computes SHA-256, shared by all that are open. */
export interface DigestWorker {
  ask(task: DigestTask): Promise<DigestAnswer>;
  /** The worker ends with the last of those that share it. */
  release(): void;
}

interface Shared {
  worker: Worker;
  users: number;
  /** Why the worker answers no more. */
  failure?: unknown;
  waiting: Map<number, { resolve(answer: DigestAnswer): void; reject(error: unknown): void }>;
}

let shared: Shared | undefined;
let tickets = 0;

/** Starts the worker, or shares the one that runs. */
export function acquireDigestWorker(): DigestWorker {
  shared ??= startWorker();
  const mine = shared;
  mine.users += 1;
  let released = false;
  return {
    ask: (task) => ask(mine, task),
    release() {
      if (!released) {
        released = true;
        mine.users -= 1;
        endUnused(mine);
      }
    },
  };
}

function startWorker(): Shared {
  const worker = new Worker(program, { eval: true, name: "dpo-kit digest" });
  const started: Shared = { worker, users: 0, waiting: new Map() };
  const fail = (error: unknown): void => {
    shared = shared === started ? undefined : shared;
    started.failure ??= error;
    for (const one of started.waiting.values()) {
      one.reject(error);
    }
    started.waiting.clear();
  };
  worker.on("message", ({ ticket, error, ...answer }) => {
    const one = started.waiting.get(ticket);
    started.waiting.delete(ticket);
    if (error === undefined) {
      one?.resolve(answer);
    } else {
      one?.reject(Object.assign(new Error(error.message), { code: error.code }));
    }
    keepAliveWhileWaiting(started);
  });
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("The digest worker has ended")));
  worker.unref();
  return started;
}

function ask(mine: Shared, task: DigestTask): Promise<DigestAnswer> {
  if (mine.failure !== undefined) {
    return Promise.reject(mine.failure);
  }
  return new Promise((resolve, reject) => {
    tickets += 1;
    mine.waiting.set(tickets, { resolve, reject });
    keepAliveWhileWaiting(mine);
    const transfer = task.kind === "update" ? [task.bytes.buffer] : [];
    mine.worker.postMessage({ ...task, ticket: tickets }, transfer);
  });
}

/** A worker that nobody waits for must not keep the process from ending. */
function keepAliveWhileWaiting({ worker, waiting }: Shared): void {
  if (waiting.size > 0) {
    worker.ref();
  } else {
    worker.unref();
  }
}

function endUnused(mine: Shared): void {
  if (mine.users === 0) {
    shared = shared === mine ? undefined : shared;
    void mine.worker.terminate();
  }
}
