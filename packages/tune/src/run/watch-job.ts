import { sleepFor } from "@dpo-kit/io";
import { hasEnded, type Job, type JobEvent } from "../job.ts";
import { POLL_INTERVAL, type TuneContext } from "./run-context.ts";

/** Something new of a job. */
export type JobUpdate =
  | { readonly kind: "job"; readonly job: Job }
  | { readonly kind: "event"; readonly event: JobEvent };

/**
 * Tells what happens to a job until it has ended: its state whenever that changes, and each event once, the oldest
 * first. The last update is the job as it ended. A status that is not known is waited on.
 */
export async function* watchJob(
  { provider, signal, pollInterval = POLL_INTERVAL, sleep = sleepFor }: Omit<TuneContext, "store">,
  id: string,
): AsyncGenerator<JobUpdate> {
  const known = new Set<string>();
  let status: string | undefined;
  for (;;) {
    // The job first: what is told before it ended is then among its events.
    const job = await provider.getJob(id);
    for (const event of await provider.events(id, known)) {
      known.add(event.id);
      yield { kind: "event", event };
    }
    if (hasEnded(job) || job.status !== status) {
      status = job.status;
      yield { kind: "job", job };
    }
    if (hasEnded(job)) {
      return;
    }
    await sleep(pollInterval, signal);
  }
}
