import { messageText, sameMessages } from "@dpo-kit/preference";
import { type FunctionTool, isBlank, type JsonObject, type Message } from "@dpo-kit/schema";
import { messagesOfText } from "./messages-of-text.ts";
import { isEmptyValue, member, type RowReader } from "./row-reader.ts";
import { columnOf, type RowContext, type ShapeClaim } from "./shape.ts";

/**
 * What the answers of a row reply to, by the claim's mapping: system, messages, prompt with its input. A prompt
 * that is a transcript or a rendered template becomes messages where the whole of it parses.
 */
export function readContext(row: JsonObject, context: RowContext): Message[] {
  refuseMedia(row, context);
  const history = columnOf(context.claim, "messages");
  const before = history === undefined ? [] : context.reader.context(row, history);
  const prompt = readPrompt(row, context);
  const repeats = prompt.length > 0 && sameMessages(before.slice(-prompt.length), prompt);
  if (repeats) {
    context.reader.changed("repeated-prompt-removed");
  }
  return withSystem(repeats ? before : [...before, ...prompt], row, context);
}

function readPrompt(row: JsonObject, { claim, reader }: RowContext): Message[] {
  const column = columnOf(claim, "prompt");
  const isText = claim.mapping.some(({ role, isText }) => role === "prompt" && isText === true);
  const messages =
    column === undefined ? [] : isText ? textPrompt(row, column, reader) : reader.context(row, column);
  const input = columnOf(claim, "input");
  const text = input === undefined || isEmptyValue(member(row, input)) ? undefined : reader.text(row, input);
  const [only] = messages;
  if (
    messages.length > 1 ||
    (only !== undefined && (only.role !== "user" || typeof only.content !== "string"))
  ) {
    return messages;
  }
  const prompt = only === undefined ? "" : (only.content as string);
  if (text !== undefined && !isBlank(prompt)) {
    reader.changed("prompt-joined-with-input");
    return [{ role: "user", content: `${prompt}\n${text}` }];
  }
  const alone = isBlank(prompt) ? (text ?? prompt) : prompt;
  return isBlank(alone) ? [] : messagesOfText(alone, reader, column ?? input ?? "prompt");
}

/** Rejects a row whose answers reply to an image, a sound or a video: without it the prompt is another one. */
export function refuseMedia(row: JsonObject, { claim, reader }: RowContext): void {
  for (const { column } of claim.mapping.filter(({ role }) => role === "media")) {
    if (!isEmptyValue(member(row, column))) {
      reader.wrong("PAIR_CONTENT_NOT_TEXT", column, { expected: "text only" });
    }
  }
}

/** A prompt of a column of texts: JSON in it stays what it is. */
function textPrompt(row: JsonObject, column: string, reader: RowReader): Message[] {
  const value = member(row, column);
  return typeof value === "string" ? [{ role: "user", content: value }] : reader.context(row, column);
}

/** Whether a row has its prompt in another column than most rows: then it must be looked at by itself. */
export function hasPromptElsewhere(row: JsonObject, claim: ShapeClaim): boolean {
  const isEmpty = (column: string | undefined): boolean =>
    column === undefined || isEmptyValue(member(row, column));
  const others = claim.mapping.filter(({ role }) => role === "other prompt");
  const isOwnEmpty = ["prompt", "messages", "input"].every((role) => isEmpty(columnOf(claim, role)));
  return isOwnEmpty && others.some(({ column }) => !isEmpty(column));
}

/** Puts the system message in front: the row's own column, else the one the user gave. */
export function withSystem(
  messages: readonly Message[],
  row: JsonObject,
  { claim, reader, options }: RowContext,
): Message[] {
  const column = columnOf(claim, "system");
  const text = column === undefined ? undefined : systemText(row, column, reader);
  const [first] = messages;
  if (text !== undefined && !isBlank(text)) {
    if (first?.role === "system" && messageText(first) === text) {
      return [...messages];
    }
    reader.changed("system-from-column");
    return [{ role: "system", content: text }, ...messages];
  }
  if (options.system === undefined || first?.role === "system") {
    return [...messages];
  }
  reader.changed("system-from-option");
  return [{ role: "system", content: options.system }, ...messages];
}

function systemText(row: JsonObject, column: string, reader: RowContext["reader"]): string | undefined {
  const value = member(row, column);
  return typeof value === "object"
    ? reader.context(row, column).map(messageText).join("")
    : reader.text(row, column);
}

/** The functions the assistant may call, by the claim's mapping. */
export function readTools(
  row: JsonObject,
  { claim, reader }: RowContext,
): readonly FunctionTool[] | undefined {
  const column = columnOf(claim, "tools");
  return column === undefined ? undefined : reader.tools(row, column);
}
