import {
  carriedMember,
  memberJsonText,
  type NormalisedMessages,
  normaliseMessages,
  normaliseTools,
  parseStructuredText,
} from "@dpo-kit/preference";
import {
  createIssue,
  type FunctionTool,
  type Issue,
  type IssueCode,
  type IssueDetails,
  isBlank,
  type JsonObject,
  type JsonValue,
  type Location,
  type Message,
  type TransformName,
} from "@dpo-kit/schema";
import { kindOf, turnKeysOf } from "./row-sample.ts";

/** The keys under which an object holds the text of an answer or of a prompt. */
const textKeys = [
  "content",
  "value",
  "text",
  "answer",
  "response",
  "output",
  "completion",
  "full_text",
] as const;

/** Reads the values of one row, and remembers what was changed and what is wrong. */
export class RowReader {
  readonly at: Location;
  readonly transforms: TransformName[] = [];
  readonly issues: Issue[] = [];
  readonly notes: Issue[] = [];
  #nextCall = 1;
  #endMarks: readonly string[] = [];

  constructor(at: Location) {
    this.at = at;
  }

  /** Counts uses of a transform. */
  changed(transform: TransformName, times = 1): void {
    for (let count = 0; count < times; count += 1) {
      this.transforms.push(transform);
    }
  }

  /** Notes a problem at a column or path of the row: the row is then rejected. */
  wrong(code: IssueCode, path: string, details: Omit<IssueDetails, "location"> = {}): void {
    this.issues.push(createIssue(code, { ...details, location: { ...this.at, path } }));
  }

  /** Notes what the user should know of the row, and what does not change its pairs. */
  remark(code: IssueCode, path: string, details: Omit<IssueDetails, "location"> = {}): void {
    this.notes.push(createIssue(code, { ...details, location: { ...this.at, path } }));
  }

  /** Answers that are texts lose one of these marks at their end, counted: the prompt's template wrote it. */
  expectEndMarks(marks: readonly string[]): void {
    this.#endMarks = marks;
  }

  /** A text; numbers and booleans become one, counted. Undefined for null and whatever is no text. */
  text(row: JsonObject, column: string): string | undefined {
    const value = Object.hasOwn(row, column) ? row[column] : undefined;
    if (typeof value === "number" || typeof value === "boolean") {
      this.changed("scalar-to-text");
      return memberJsonText(row, column);
    }
    return typeof value === "string" ? value : undefined;
  }

  /**
   * The messages that stand before the answers: a list of messages, of turns that hold question and answer, one
   * message, the JSON or Python of these, or a text, which is the user's. None for null and empty lists.
   */
  context(row: JsonObject, column: string): Message[] {
    const value = this.#structured(member(row, column));
    const list = this.#turns(value) ?? value;
    const kind = kindOf(list);
    if (kind === "null" || (Array.isArray(list) && list.length === 0)) {
      return [];
    }
    if (kind === "messages" || kind === "message" || (Array.isArray(list) && kind !== "texts")) {
      return this.#withoutEmptySystem(this.#messages(list!, { path: column, as: "context" }));
    }
    const text = this.#textOf(row, column, list);
    if (text === undefined) {
      this.wrong("PAIR_MESSAGE_INVALID", column, { expected: "a text or a list of messages", found: list });
      return [];
    }
    return [{ role: "user", content: text }];
  }

  /** Reads messages as they are, such as a whole conversation that ends with an answer. */
  messages(value: JsonValue, path: string, as: "context" | "answer" = "answer"): Message[] {
    const list = this.#turns(this.#structured(value)) ?? this.#structured(value);
    return this.#withoutEmptySystem(this.#messages(list ?? [], { path, as }));
  }

  /**
   * An answer: a text, a message, a list of messages (perhaps with its prompt in front), a list of one text, or an
   * object that holds the text. None for null and empty lists: the pair is then rejected as empty.
   */
  answer(row: JsonObject, column: string): Message[] {
    return this.answerOf(row, column, column);
  }

  /** An answer that is a text, whatever it looks like. */
  textAnswer(row: JsonObject, column: string): Message[] {
    return [{ role: "assistant", content: this.#withoutEndMark(this.text(row, column) ?? "") }];
  }

  /** An answer under a key of an object or at an index of a list; `path` is what it is called in issues. */
  answerOf(parent: JsonObject | readonly JsonValue[], key: string | number, path: string): Message[] {
    const value = carriedMember(parent, key);
    const kind = kindOf(value);
    if (kind === "messages" || kind === "message") {
      return this.messages(value!, path);
    }
    if (kind === "messages-text") {
      return this.messages(value!, path);
    }
    if (kind === "turns" && turnKeysOf((value as JsonValue[])[0])![0] !== "0") {
      return this.messages(value!, path);
    }
    if (kind === "texts" && (value as JsonValue[]).length === 1) {
      return [{ role: "assistant", content: (value as string[])[0]! }];
    }
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
      return [];
    }
    const text = this.#textOf(parent as JsonObject, String(key), value);
    if (text === undefined) {
      this.wrong("PAIR_MESSAGE_INVALID", path, {
        expected: "a text, a message or a list of messages",
        found: value,
      });
      return [];
    }
    return [{ role: "assistant", content: this.#withoutEndMark(text) }];
  }

  #withoutEndMark(text: string): string {
    const end = text.endsWith("\n") ? text.slice(0, -1) : text;
    const mark = this.#endMarks.find((each) => end.endsWith(each));
    if (mark === undefined) {
      return text;
    }
    this.changed("end-mark-removed");
    return end.slice(0, -mark.length);
  }

  /** The tools of a column: a list or its JSON text. Undefined where there are none. */
  tools(row: JsonObject, column: string): FunctionTool[] | undefined {
    const value = member(row, column);
    if (value === undefined || value === null) {
      return undefined;
    }
    const { tools, transforms, issues } = normaliseTools(value, { at: this.at, path: column });
    this.#note({ transforms, issues });
    return tools.length === 0 ? undefined : tools;
  }

  /** A list or object that may be written as a text: JSON, JSON twice, or what Python and NumPy print. */
  #structured(value: JsonValue | undefined): JsonValue | undefined {
    if (typeof value !== "string" || kindOf(value) !== "messages-text") {
      return this.#parsedTurns(value);
    }
    return this.#parsed(value);
  }

  /** Turns written as a text, such as `[['question', 'answer']]`. */
  #parsedTurns(value: JsonValue | undefined): JsonValue | undefined {
    if (typeof value !== "string" || !/^\s*\[\s*[[{(]/u.test(value)) {
      return value;
    }
    const parsed = parseStructuredText(value)?.value;
    return parsed !== undefined && kindOf(parsed) === "turns" ? this.#parsed(value) : value;
  }

  #parsed(text: string): JsonValue | undefined {
    const parsed = parseStructuredText(text)!;
    this.changed("cell-parsed-as-messages");
    if (parsed.via !== "json") {
      this.changed(parsed.via === "double-encoded-json" ? "double-encoded-json" : "cell-parsed-as-python");
    }
    return parsed.value;
  }

  /** Turns that hold a question and its answer, as messages. */
  #turns(value: JsonValue | undefined): JsonValue[] | undefined {
    if (!Array.isArray(value) || kindOf(value) !== "turns") {
      return undefined;
    }
    this.changed("turns-to-messages");
    return value.flatMap((turn) => {
      const [question, answer] = turnKeysOf(turn) ?? [];
      const held = turn as unknown as Record<string, JsonValue>;
      return question === undefined
        ? []
        : [
            { role: "user", content: held[question]! },
            { role: "assistant", content: held[answer!]! },
          ];
    });
  }

  #messages(value: JsonValue, { path, as }: { path: string; as: "context" | "answer" }): Message[] {
    const isConversation = Array.isArray(value) && value.length > 1 && as === "answer";
    const options = { at: this.at, path, as, firstCall: isConversation ? 1 : this.#nextCall };
    const read: NormalisedMessages = normaliseMessages(withoutNulls(value), options);
    this.#nextCall = as === "context" ? read.nextCall : this.#nextCall;
    this.#note(read);
    return read.messages;
  }

  #withoutEmptySystem(messages: Message[]): Message[] {
    const kept = messages.filter(({ role, content }) => role !== "system" || content !== "");
    this.changed("empty-system-removed", messages.length - kept.length);
    return kept;
  }

  /** The text of a scalar, or of an object that holds one under a known key. */
  #textOf(parent: JsonObject, key: string, value: JsonValue | undefined): string | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return Array.isArray(value) ? undefined : this.text(parent, key);
    }
    const inner = textKeys.find((each) => Object.hasOwn(value, each) && typeof value[each] !== "object");
    return inner === undefined ? undefined : this.text(value, inner);
  }

  #note({ transforms, issues }: { transforms: readonly TransformName[]; issues: readonly Issue[] }): void {
    this.transforms.push(...transforms);
    this.issues.push(...issues);
  }
}

/** A member by its own name, never an inherited one; where the row was carried, it remembers its own text. */
export function member(row: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(row, name) ? carriedMember(row, name) : undefined;
}

/** Whether a value holds nothing: missing, null, a blank text, an empty list. */
export function isEmptyValue(value: JsonValue | undefined): boolean {
  if (typeof value === "string") {
    return isBlank(value);
  }
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Column stores pad lists with null. */
function withoutNulls(value: JsonValue): JsonValue {
  return Array.isArray(value) && value.includes(null) ? value.filter((each) => each !== null) : value;
}
