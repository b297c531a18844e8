import type { ChatRecord } from "../chat-format.ts";
import type { SpanJudgement } from "./span-judgement.ts";
import type { TraceSpan } from "./trace-span.ts";
import type { TracedCall } from "./traced-call.ts";

/** What was said of the steps of one trace. */
export interface JudgedTrace {
  readonly spans: readonly TraceSpan[];
  ofSpan(span: TraceSpan): readonly SpanJudgement[];
  /** Of the trace as a whole. */
  readonly ofTrace: readonly SpanJudgement[];
}

/**
 * The calls of one trace: those of models, and other steps that were judged. What was said of the trace as a whole
 * is said of its only call, else of what the whole was given and answered, else of nothing.
 */
export function* judgeTrace({ spans, ofSpan, ofTrace }: JudgedTrace): Generator<TracedCall | ChatRecord> {
  const { at } = spans[0]!;
  const judged = new Map(spans.map((span) => [span, [...ofSpan(span)]]));
  const whole = ofTrace.length === 0 ? undefined : wholeOf(spans);
  judged.get(whole!)?.push(...ofTrace);
  if (ofTrace.length > 0 && whole === undefined) {
    yield { kind: "skipped", at, reason: "several-calls" };
  }
  const calls = [...judged].filter(([span, given]) => span.isCall || given.length > 0);
  if (calls.length === 0) {
    yield { kind: "skipped", at, reason: "no-calls" };
  }
  for (const [span, given] of calls) {
    yield callOf(span, given, spans);
  }
}

/** The step whose answer is that of the trace. */
function wholeOf(spans: readonly TraceSpan[]): TraceSpan | undefined {
  return onlyCall(spans) ?? spans.find((span) => span.parent === undefined && span.call !== undefined);
}

function onlyCall(spans: readonly TraceSpan[]): TraceSpan | undefined {
  const calls = spans.filter(({ isCall, call }) => isCall && call !== undefined);
  return calls.length === 1 ? calls[0] : undefined;
}

/** A step by itself. Of a whole that cannot be read, such as a chain without texts, its only call stands for it. */
function callOf(
  span: TraceSpan,
  given: readonly SpanJudgement[],
  spans: readonly TraceSpan[],
): TracedCall | ChatRecord {
  const { id, at } = span;
  const call = span.call ?? (span.parent === undefined && !span.isCall ? onlyCall(spans)?.call : undefined);
  return call === undefined
    ? { kind: "skipped", at, reason: "no-messages" }
    : { id, at, ...call, judgements: given.map((judgement) => ({ ...judgement, turn: id })) };
}
