import type {
  AssistantMessage,
  Issue,
  JsonObject,
  JsonValue,
  Location,
  Message,
  TextPart,
  TransformName,
} from "@dpo-kit/schema";
import { CallIds } from "./call-ids.ts";
import { carriedMember } from "./carried-members.ts";
import { type CallContext, readCallTurn, readFunctionCall, readToolCalls } from "./message-calls.ts";
import { countRest, type MessageContent, readContent } from "./message-content.ts";
import { MessageReport } from "./message-report.ts";
import { type MessageRole, roleOf } from "./role-names.ts";

/** How messages are normalised. */
export interface NormaliseMessagesOptions {
  at: Location;
  /** What the value is called in issues: a column's name or a JSON path. Default `messages`. */
  path?: string | undefined;
  /**
   * What the messages are. An `answer` may be an assistant message that says nothing (the pair is then
   * rejected for it) and loses its `weight`, which outputs must not have. Default `context`.
   */
  as?: "context" | "answer" | undefined;
  /** The number of the first id that is invented, to go on from the context's. Default 1. */
  firstCall?: number | undefined;
}

/** Messages in canonical form, what was changed to get there, and what is wrong. */
export interface NormalisedMessages {
  /** In the order of the input. With issues, those messages that are sound: not to be trained on. */
  messages: Message[];
  /** Each use by name. */
  transforms: TransformName[];
  issues: Issue[];
  /** The number that the next invented id would have. */
  nextCall: number;
}

/**
 * Brings messages of any common spelling into canonical form: a list of them, or one by itself. Roles by their
 * other names, `{from, value}` and `{role, text}`, content as text or text parts, ShareGPT's call and
 * observation turns, tool calls with arguments as objects or without ids. Text is carried verbatim; each
 * change is counted as a transform. A message that cannot be read is an issue, and the next is still looked at.
 */
export function normaliseMessages(value: JsonValue, options: NormaliseMessagesOptions): NormalisedMessages {
  const { at, path = "messages", as = "context", firstCall = 1 } = options;
  const report = new MessageReport(at);
  const list = Array.isArray(value) ? value : [value];
  const ids = new CallIds(idsIn(list), firstCall);
  const messages: Message[] = [];
  for (const index of list.keys()) {
    const place = Array.isArray(value) ? `${path}[${index}]` : path;
    const turn = Array.isArray(value) ? carriedMember(value, index) : value;
    const message = new TurnReader({ report, ids, path: place }, as).read(turn);
    if (message !== undefined) {
      messages.push(message);
    } else if (report.full) {
      break;
    }
  }
  return { messages, transforms: report.transforms, issues: report.issues, nextCall: ids.next };
}

/** The ids of calls that stand in the data, so that none of them is invented once more. */
function idsIn(list: readonly JsonValue[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const turn of list) {
    const calls = isObject(turn) ? turn.tool_calls : undefined;
    for (const call of Array.isArray(calls) ? calls : []) {
      if (isObject(call) && typeof call.id === "string") {
        ids.add(call.id);
      }
    }
  }
  return ids;
}

const contentKeys = ["content", "value", "text"] as const;

/** Reads one turn. */
class TurnReader {
  readonly #context: CallContext;
  readonly #as: "context" | "answer";

  constructor(context: CallContext, as: "context" | "answer") {
    this.#context = context;
    this.#as = as;
  }

  read(turn: JsonValue | undefined): Message | undefined {
    if (!isObject(turn)) {
      return this.#wrong("", "an object with role and content", turn);
    }
    const roleKey = typeof turn.role === "string" ? "role" : "from";
    const name = turn[roleKey];
    if (typeof name !== "string") {
      return this.#wrong(".role", "the name of a role", turn.role ?? name);
    }
    const role = roleOf(name);
    if (role === undefined) {
      this.#report.wrong("PAIR_ROLE_UNKNOWN", `${this.#context.path}.${roleKey}`, { found: name });
      return undefined;
    }
    const contentKey = this.#contentKey(turn);
    if (contentKey === undefined) {
      return undefined;
    }
    return this.#message(turn, { role, name, keys: [roleKey, contentKey] });
  }

  get #report(): MessageReport {
    return this.#context.report;
  }

  #wrong(suffix: string, expected: string, found: unknown): undefined {
    this.#report.wrong("PAIR_MESSAGE_INVALID", this.#context.path + suffix, { expected, found });
  }

  /** The member that holds the content; two that differ are a problem, since one of them would be lost. */
  #contentKey(turn: JsonObject): string | undefined {
    const filled = contentKeys.filter((key) => turn[key] !== undefined && turn[key] !== null);
    const differs = filled.slice(1).find((key) => turn[key] !== turn[filled[0]!]);
    if (differs !== undefined) {
      return this.#wrong(`.${differs}`, `one content, not also ${filled[0]}`, turn[differs]);
    }
    return filled[0] ?? contentKeys.find((key) => key in turn) ?? "content";
  }

  #message(
    turn: JsonObject,
    found: { role: MessageRole; name: string; keys: [string, string] },
  ): Message | undefined {
    const { role, name, keys } = found;
    const content = readContent(turn, keys[1], this.#report, `${this.#context.path}.${keys[1]}`);
    if (content === undefined) {
      return undefined;
    }
    if (role === "function-call") {
      return this.#callTurn(turn, content, keys);
    }
    if (role === "assistant") {
      this.#countRole(name, role);
      return this.#assistant(turn, content, keys);
    }
    return this.#spoken(turn, content, found);
  }

  #countRole(name: string, role: string): void {
    if (name !== role) {
      this.#report.changed("role-renamed");
    }
  }

  #callTurn(turn: JsonObject, content: MessageContent, keys: readonly string[]): Message | undefined {
    if (typeof content !== "string") {
      return this.#wrong("", "a call as JSON text", content);
    }
    const calls = readCallTurn(content, this.#context);
    countRest(turn, keys, this.#report);
    return calls && { role: "assistant", tool_calls: calls };
  }

  #assistant(turn: JsonObject, content: MessageContent, keys: readonly string[]): Message | undefined {
    const message: AssistantMessage = { role: "assistant" };
    const known = [...keys, ...this.#assistantFields(turn, message)];
    const path = this.#context.path;
    if (isFilled(turn.tool_calls)) {
      const calls = readToolCalls(turn, { ...this.#context, path: `${path}.tool_calls` });
      if (calls === undefined) {
        return undefined;
      }
      message.tool_calls = calls;
      known.push("tool_calls");
    }
    if (isObject(turn.function_call)) {
      const call = readFunctionCall(turn, { ...this.#context, path: `${path}.function_call` });
      if (call === undefined) {
        return undefined;
      }
      message.function_call = call;
      known.push("function_call");
    }
    countRest(turn, known, this.#report);
    return this.#withContent(message, content, keys[1]! in turn);
  }

  /** Sets name, refusal and weight, and says which of them were taken. */
  #assistantFields(turn: JsonObject, message: AssistantMessage): string[] {
    const { name, refusal, weight } = turn;
    const taken: string[] = [];
    if (typeof name === "string") {
      message.name = name;
      taken.push("name");
    }
    if (typeof refusal === "string") {
      message.refusal = refusal;
      taken.push("refusal");
    }
    if ((weight === 0 || weight === 1) && this.#as === "context") {
      message.weight = weight;
      taken.push("weight");
    }
    return taken;
  }

  #withContent(message: AssistantMessage, content: MessageContent, stated: boolean): Message | undefined {
    const silent =
      message.tool_calls !== undefined || message.function_call != null || message.refusal != null;
    if (typeof content === "string" || (Array.isArray(content) && content.length > 0)) {
      return contentFirst(message, content);
    }
    if (!silent && this.#as === "context") {
      return this.#wrong(".content", "text or tool calls", content);
    }
    return stated ? contentFirst(message, null) : message;
  }

  /** A message of anybody but the assistant: it has text. */
  #spoken(
    turn: JsonObject,
    content: MessageContent,
    found: { role: MessageRole; name: string; keys: readonly string[] },
  ): Message | undefined {
    if (!isSpoken(content)) {
      return this.#wrong(`.${found.keys[1]}`, "text or text parts", content);
    }
    if (found.role === "tool" || found.role === "function") {
      return this.#result(turn, content, { ...found, role: found.role });
    }
    const role = found.role as "system" | "user";
    this.#countRole(found.name, role);
    const named = typeof turn.name === "string" ? { name: turn.name } : {};
    countRest(turn, [...found.keys, ...Object.keys(named)], this.#report);
    return { role, content, ...named };
  }

  /** The answer of a tool: it names its call, or belongs to the open one. */
  #result(
    turn: JsonObject,
    content: string | TextPart[],
    found: { role: "tool" | "function"; name: string; keys: readonly string[] },
  ): Message | undefined {
    const { name, tool_call_id: given } = turn;
    const known = typeof name === "string" ? name : undefined;
    const stated = typeof given === "string" && given !== "";
    const id = stated ? given : this.#context.ids.answer(known);
    if (stated) {
      this.#context.ids.answered(given);
    }
    if (id === undefined && found.role === "function" && known !== undefined && typeof content === "string") {
      this.#countRole(found.name, "function");
      countRest(turn, [...found.keys, "name"], this.#report);
      return { role: "function", content, name: known };
    }
    if (id === undefined) {
      return this.#wrong("", "an answer to a tool call before it", turn);
    }
    if (!stated) {
      this.#report.changed("tool-call-id-invented");
    }
    this.#countRole(found.name, "tool");
    countRest(turn, [...found.keys, "tool_call_id"], this.#report);
    return { role: "tool", content, tool_call_id: id };
  }
}

/** Members in the order in which they are always written. */
function contentFirst(
  message: AssistantMessage,
  content: Exclude<MessageContent, undefined>,
): AssistantMessage {
  const { role, ...rest } = message;
  return { role, content, ...rest };
}

function isSpoken(content: MessageContent): content is string | TextPart[] {
  if (Array.isArray(content)) {
    return content.length > 0 && content.every(({ type }) => type === "text");
  }
  return typeof content === "string";
}

function isFilled(value: JsonValue | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
