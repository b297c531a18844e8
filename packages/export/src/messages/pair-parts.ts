import { carriedMember, memberJsonText } from "@dpo-kit/preference";
import {
  type AssistantMessage,
  carriedJsonText,
  type DpoExample,
  type JsonObject,
  type JsonValue,
  type Message,
  trimWhiteSpace,
} from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { formatRow } from "../rows/format-row.ts";

/** The parts of an example. */
export interface PairParts {
  readonly messages: readonly Message[];
  readonly preferred: AssistantMessage;
  readonly nonPreferred: AssistantMessage;
}

/** The parts of an example, for a target that has no parallel_tool_calls. */
export function pairParts(example: DpoExample, notes: ExportNotes): PairParts {
  const { input, preferred_output: better, non_preferred_output: worse } = example;
  if (input.parallel_tool_calls === false) {
    notes.lose("EXPORT_LOSES_PARALLEL_CALLS");
  }
  return { messages: input.messages, preferred: better[0]!, nonPreferred: worse[0]! };
}

/** The definitions of tools as JSON text, as column stores hold them; undefined where there are none. */
export function toolsText({ input: { tools = [] } }: DpoExample): string | undefined {
  return tools.length === 0 ? undefined : carriedJsonText(tools);
}

/** The same without the wrapping `{"type":"function","function":…}` around each definition. */
export function bareToolsText({ input: { tools = [] } }: DpoExample): string | undefined {
  const texts = tools.map((_, index) =>
    memberJsonText(carriedMember(tools, index) as JsonObject, "function"),
  );
  return tools.length === 0 ? undefined : `[${texts.join(",")}]`;
}

/** Notes the tools that are offered, for a target that holds none. */
export function loseTools({ input: { tools = [] } }: DpoExample, notes: ExportNotes): void {
  if (tools.length > 0) {
    notes.lose("EXPORT_LOSES_TOOLS");
  }
}

/**
 * Leaves an example out whose answers are the same in the form of the target: white space around a text says
 * nothing, nor do the ids of calls.
 */
export function refuseEqual(
  preferred: JsonObject | string,
  nonPreferred: JsonObject | string,
  notes: ExportNotes,
): void {
  if (essenceOf(preferred) === essenceOf(nonPreferred)) {
    notes.leaveOut("EXPORT_OMITS_EQUAL_ANSWERS");
  }
}

function essenceOf(answer: JsonObject | string): string {
  if (typeof answer === "string") {
    return trimWhiteSpace(answer);
  }
  const { content, tool_calls: calls, ...rest } = answer;
  const functions = Array.isArray(calls) ? calls.map((call) => (call as JsonObject).function!) : null;
  const text: JsonValue = typeof content === "string" ? trimWhiteSpace(content) : (content ?? null);
  return formatRow([text, functions, rest]);
}

/** Takes the system messages off the front; one further back leaves the example out. */
export function splitSystem(
  messages: readonly Message[],
  notes: ExportNotes,
): { system: readonly Message[]; turns: readonly Message[] } {
  const first = messages.findIndex(({ role }) => role !== "system");
  const [system, turns] = [messages.slice(0, first), messages.slice(first)];
  if (turns.some(({ role }) => role === "system")) {
    notes.leaveOut("EXPORT_OMITS_SYSTEM_TURNS");
  }
  if (system.length > 1) {
    notes.lose("EXPORT_LOSES_SYSTEM_TURNS");
  }
  return { system, turns };
}
