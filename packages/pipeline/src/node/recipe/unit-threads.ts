import { Worker } from "node:worker_threads";
import { DataError, type DataErrorDetails, type IssueCode } from "@dpo-kit/schema";
import { convertUnit, type UnitHost, type UnitProgress, type UnitTask } from "./convert-unit.ts";

/** What a thread says of the unit it has. */
export type UnitAnswer =
  | { readonly kind: "progress"; readonly progress: UnitProgress }
  | { readonly kind: "done"; readonly name: string }
  | { readonly kind: "refused"; readonly code: IssueCode; readonly details: DataErrorDetails }
  | { readonly kind: "failed"; readonly error: unknown };

/** Converts one unit at a time. */
export interface UnitThread {
  /** @throws what `convertUnit` throws */
  convert(task: UnitTask, host: UnitHost): Promise<string>;
  end(): Promise<void>;
}

/** This thread. */
export const ownThread: UnitThread = { convert: convertUnit, end: async () => {} };

/** Threads can be started of what was built, not of the sources. */
export const canStartThreads: boolean = import.meta.url.endsWith(".js");

/** Starts a thread. */
export function startUnitThread(): UnitThread {
  const worker = new Worker(new URL("./unit-worker.js", import.meta.url), { name: "dpo-kit source" });
  return {
    convert: (task, host) => convertIn(worker, task, host),
    async end() {
      await worker.terminate();
    },
  };
}

function convertIn(worker: Worker, task: UnitTask, { environment, onProgress }: UnitHost): Promise<string> {
  const { signal } = environment;
  return new Promise((resolve, reject) => {
    function settle(act: () => void): void {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
      signal?.removeEventListener("abort", onAbort);
      act();
    }
    function onMessage(answer: UnitAnswer): void {
      if (answer.kind === "progress") {
        onProgress(answer.progress);
      } else if (answer.kind === "done") {
        settle(() => resolve(answer.name));
      } else {
        settle(() => reject(errorOf(answer)));
      }
    }
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (): void => settle(() => reject(new Error("The thread of a source has ended")));
    const onAbort = (): void => settle(() => reject(signal!.reason));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
    signal?.addEventListener("abort", onAbort);
    worker.postMessage(task);
  });
}

function errorOf(answer: Extract<UnitAnswer, { kind: "refused" | "failed" }>): unknown {
  return answer.kind === "refused" ? new DataError(answer.code, answer.details) : answer.error;
}
