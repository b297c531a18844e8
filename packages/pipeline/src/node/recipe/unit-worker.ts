import { parentPort } from "node:worker_threads";
import { DataError } from "@dpo-kit/schema";
import { convertUnit, type UnitTask } from "./convert-unit.ts";
import type { UnitAnswer } from "./unit-threads.ts";

/** What is said of progress between two answers; more often nobody sees. */
const EVERY_BATCHES = 4;

function answer(message: UnitAnswer): void {
  parentPort!.postMessage(message);
}

parentPort!.on("message", async (task: UnitTask) => {
  let batches = 0;
  try {
    const name = await convertUnit(task, {
      environment: {},
      onProgress(progress) {
        batches += 1;
        if (batches % EVERY_BATCHES === 0) {
          answer({ kind: "progress", progress });
        }
      },
    });
    answer({ kind: "done", name });
  } catch (error) {
    answer(refusalOf(error));
  }
});

/** An error of data loses its class on the way to the other thread, so that its parts are sent. */
function refusalOf(error: unknown): UnitAnswer {
  if (!DataError.isInstance(error)) {
    return { kind: "failed", error };
  }
  const { code, message, hint, location } = error;
  return {
    kind: "refused",
    code,
    details: { message, hint, ...(location === undefined ? {} : { location }) },
  };
}
