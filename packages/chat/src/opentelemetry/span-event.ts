import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import { Attributes } from "./attributes.ts";
import { otlpValue } from "./otlp-value.ts";

/** Something that happened in a span. */
export interface SpanEvent {
  readonly name: string;
  readonly attributes: Attributes;
  /** What it holds: its body, or its attributes as members. */
  readonly body: JsonObject;
}

/** The events of a span. */
export function readSpanEvents(events: JsonValue | undefined): SpanEvent[] {
  return objectsIn(parseJsonText(events)).map(readSpanEvent);
}

/** An event of a span, or a record of a log. */
export function readSpanEvent(event: JsonObject): SpanEvent {
  const attributes = new Attributes(event.attributes);
  const name = firstText(event.name, event.eventName, event.event_name, attributes.get("event.name")) ?? "";
  const body = otlpValue(event.body) ?? event.body;
  return { name, attributes, body: isObject(body) ? body : membersOf(event.attributes) };
}

/** Members that are no texts, and stand as JSON texts where attributes can only be texts. */
const jsonMembers: ReadonlySet<string> = new Set(["message", "tool_calls"]);

function membersOf(attributes: JsonValue | undefined): JsonObject {
  const entries = Array.isArray(attributes)
    ? objectsIn(attributes).map(({ key, value }): [string, JsonValue] => [
        String(key),
        otlpValue(value) ?? null,
      ])
    : Object.entries(isObject(attributes) ? attributes : {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, jsonMembers.has(key) ? parseJsonText(value) : value]),
  );
}
