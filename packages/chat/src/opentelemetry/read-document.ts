import type { JsonObject, Location } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";
import type { TraceItems } from "../traces/trace-span.ts";
import { isEvaluation, readEvaluation } from "./read-evaluation.ts";
import { idOf, readSpan, traceSpanOf } from "./read-span.ts";
import { readSpanEvent } from "./span-event.ts";

/** Reads the spans and the records of logs in a document, and the evaluations in both. */
export function readOpenTelemetry(value: JsonObject, at: Location): TraceItems {
  const spans = spansIn(value).map((item) => readItem(item, at));
  const logs = logsIn(value).map((item) => readLog(item, at));
  const items = [...spans, ...logs];
  return {
    spans: items.flatMap((each) => each.spans),
    judgements: items.flatMap((each) => each.judgements),
  };
}

const containers: readonly string[] = [
  "resourceSpans",
  "scopeSpans",
  "resource_spans",
  "scope_spans",
  "spans",
  "data",
];

/** The spans of an export in OTLP, of a page of Phoenix's API, or the one span that a document is. */
export function spansIn(value: JsonObject): readonly JsonObject[] {
  return unfold(value, containers);
}

const logContainers: readonly string[] = [
  "resourceLogs",
  "scopeLogs",
  "resource_logs",
  "scope_logs",
  "logRecords",
];

/** The records of logs in a document. */
export function logsIn(value: JsonObject): readonly JsonObject[] {
  const records = unfold(value, logContainers);
  return records.length === 1 && records[0] === value ? [] : records;
}

/** Lists lie in lists: those of a resource, of a scope, and the spans or records. */
const MAXIMUM_DEPTH = 4;

/** What lies in the lists that have one of these names, one in the other. */
function unfold(value: JsonObject, names: readonly string[], depth = MAXIMUM_DEPTH): readonly JsonObject[] {
  const name = depth === 0 ? undefined : names.find((each) => Array.isArray(value[each]));
  return name === undefined
    ? [value]
    : objectsIn(value[name]).flatMap((item) => unfold(item, names, depth - 1));
}

function readItem(item: JsonObject, at: Location): TraceItems {
  const span = readSpan(item);
  if (span === undefined) {
    return { spans: [], judgements: [] };
  }
  const evaluations = span.events.filter(isEvaluation);
  return {
    spans: [traceSpanOf(span, at)],
    judgements: evaluations.map((event) => readEvaluation(event, { span: span.id, trace: span.trace })),
  };
}

/** A record of a log is an evaluation, or holds the messages of its span, which are then not in the span. */
function readLog(item: JsonObject, at: Location): TraceItems {
  const event = readSpanEvent(item);
  const [span, trace] = [item.spanId ?? item.span_id, item.traceId ?? item.trace_id].map((id) =>
    idOf(firstText(id)),
  );
  if (isEvaluation(event)) {
    return { spans: [], judgements: [readEvaluation(event, { span, trace })] };
  }
  const read = event.attributes.has("gen_ai.output") ? readSpan(item) : undefined;
  return { spans: read === undefined ? [] : [traceSpanOf(read, at)], judgements: [] };
}
