import {
  hasEnded,
  type Job,
  type JobEvent,
  type JobMetrics,
  metricSeries,
  type TuneContext,
  watchJob,
} from "@dpo-kit/tune";
import type { TuneRunEnvironment } from "../../tune/tune-request.ts";

/** Watches a job to its end, and tells what happens. */
export async function followJob(
  context: Omit<TuneContext, "store">,
  id: string,
  { onUpdate }: Pick<TuneRunEnvironment, "onUpdate">,
): Promise<{ job: Job; events: JobEvent[] }> {
  const events: JobEvent[] = [];
  const metrics: JobMetrics[] = [];
  let job: Job | undefined;
  for await (const update of watchJob(context, id)) {
    if (update.kind === "event") {
      events.push(update.event);
      metrics.push(...(update.event.metrics === undefined ? [] : [update.event.metrics]));
    } else if (hasEnded(update.job)) {
      ({ job } = update);
    }
    onUpdate?.(update, metricSeries(metrics));
  }
  return { job: job!, events };
}
