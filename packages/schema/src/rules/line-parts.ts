import type { Report } from "./report.ts";

/** A JSON object whose keys are not known yet. */
export type UnknownObject = Readonly<Record<string, unknown>>;

/** The two keys of a line that hold answers. */
export const OUTPUT_KEYS = ["preferred_output", "non_preferred_output"] as const;

export type OutputKey = (typeof OUTPUT_KEYS)[number];

const NOTHING: readonly unknown[] = [];

/** Whether a value is a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is UnknownObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a list; anything else is an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NOTHING;
}

const NO_KEYS: readonly string[] = [];

/** The keys of an object that a closed shape does not have. Allocates nothing when there are none. */
export function unknownKeys(value: UnknownObject, known: ReadonlySet<string>): readonly string[] {
  for (const key in value) {
    if (!known.has(key)) {
      return Object.keys(value).filter((name) => !known.has(name));
    }
  }
  return NO_KEYS;
}

/** One of the two outputs, whatever it is. */
export function outputOf(line: UnknownObject, key: OutputKey): unknown {
  // Two plain accesses: one by a variable key is several times slower, and this is asked for every line.
  return key === "preferred_output" ? line.preferred_output : line.non_preferred_output;
}

/** A line taken apart once for all checks. Lists are empty where the line has no such list. */
export interface LineParts {
  /** The line itself, which may be any JSON value. */
  value: unknown;
  /** Undefined where the line has no object there. */
  input: UnknownObject | undefined;
  messages: readonly unknown[];
  tools: readonly unknown[];
  preferred: readonly unknown[];
  nonPreferred: readonly unknown[];
}

/** Takes a line apart. */
export function linePartsOf(value: unknown): LineParts {
  const line = isObject(value) ? value : undefined;
  const input = isObject(line?.input) ? line.input : undefined;
  return {
    value,
    input,
    messages: asList(input?.messages),
    tools: asList(input?.tools),
    preferred: asList(line?.preferred_output),
    nonPreferred: asList(line?.non_preferred_output),
  };
}

/** The messages of one output. */
export function outputMessages(line: LineParts, key: OutputKey): readonly unknown[] {
  return key === "preferred_output" ? line.preferred : line.nonPreferred;
}

/** The role of a message; undefined for what is no message. */
export function roleOf(message: unknown): unknown {
  return isObject(message) ? message.role : undefined;
}

/** The tool calls of a message; none where it has no such list. */
export function toolCallsOf(message: unknown): readonly unknown[] {
  return isObject(message) ? asList(message.tool_calls) : NOTHING;
}

/** Looks at one message; the paths that it reports are relative to the message. */
export type MessageCheck = (message: UnknownObject, report: Report) => void;

/** Runs a check over every message of a line: first the input's, then the two outputs'. */
export function checkMessages(line: LineParts, check: MessageCheck, report: Report): void {
  checkInputMessages(line, check, report);
  checkOutputMessages(line, check, report);
}

/** Runs a check over the messages of the input. */
export function checkInputMessages(line: LineParts, check: MessageCheck, report: Report): void {
  for (let index = 0; index < line.messages.length; index += 1) {
    checkOne(line.messages[index], check, report.at("input.messages", index));
  }
  report.leave();
}

/** Runs a check over the messages of both outputs. */
export function checkOutputMessages(line: LineParts, check: MessageCheck, report: Report): void {
  for (const key of OUTPUT_KEYS) {
    const messages = outputMessages(line, key);
    for (let index = 0; index < messages.length; index += 1) {
      checkOne(messages[index], check, report.at(key, index));
    }
  }
  report.leave();
}

function checkOne(message: unknown, check: MessageCheck, report: Report): void {
  if (isObject(message)) {
    check(message, report);
  }
}
