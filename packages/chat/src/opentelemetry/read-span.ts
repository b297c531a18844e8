import type { JsonObject, Location } from "@dpo-kit/schema";
import { firstText } from "../input/json-members.ts";
import type { TraceSpan } from "../traces/trace-span.ts";
import { Attributes } from "./attributes.ts";
import { readGenAi } from "./read-gen-ai.ts";
import { readOpenInference } from "./read-openinference.ts";
import { readSpanEvents, type SpanEvent } from "./span-event.ts";

/** A span, or the record of a log that stands for one, whose layout has been seen through. */
export interface ReadSpan {
  readonly id: string;
  readonly trace: string;
  readonly parent: string | undefined;
  readonly failed: boolean;
  /** OpenInference's kind, in capitals. */
  readonly kind: string | undefined;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
}

/**
 * Reads a span in the layout of OTLP (`spanId`), of the SDKs and of Phoenix's API (`context.span_id`), or of a row of
 * a data frame (`attributes.llm.input_messages`). Undefined where it has no id.
 */
export function readSpan(item: JsonObject): ReadSpan | undefined {
  const whole = new Attributes(item);
  const attributes = Array.isArray(item.attributes)
    ? new Attributes(item.attributes)
    : whole.below("attributes");
  const id = idOf(firstText(item.spanId, whole.get("context.span_id"), item.span_id));
  if (id === undefined) {
    return undefined;
  }
  const status = String(
    whole.get("status.code") ?? whole.get("status.status_code") ?? item.status_code ?? "",
  );
  return {
    id,
    trace: idOf(firstText(item.traceId, whole.get("context.trace_id"), item.trace_id)) ?? id,
    parent: idOf(firstText(item.parentSpanId, item.parent_id, item.parent_span_id)),
    failed: status === "2" || status.endsWith("ERROR"),
    kind: firstText(attributes.get("openinference.span.kind"), item.span_kind)?.toUpperCase(),
    attributes,
    events: readSpanEvents(item.events),
  };
}

/** An id in hexadecimal, as the SDKs may write it with `0x` before it. */
export function idOf(id: string | undefined): string | undefined {
  return id === undefined || /^(?:0x)?0*$/u.test(id) ? undefined : id.replace(/^0x/u, "");
}

/** Operations that are one call of a model. */
const operations: ReadonlySet<string | undefined> = new Set(["chat", "text_completion", "generate_content"]);

/** A span as a step of a trace. */
export function traceSpanOf(span: ReadSpan, at: Location): TraceSpan {
  const { id, trace, parent, kind, attributes } = span;
  const isOpenInference = kind !== undefined && !attributes.has("gen_ai.input.messages");
  const call = isOpenInference ? readOpenInference(attributes, span) : readGenAi(attributes, span);
  const operation = attributes.text("gen_ai.operation.name");
  return {
    id,
    alias: attributes.text("gen_ai.response.id"),
    trace,
    parent,
    at,
    isCall: isOpenInference
      ? kind === "LLM"
      : operations.has(operation) || (operation === undefined && call !== undefined),
    call,
  };
}
