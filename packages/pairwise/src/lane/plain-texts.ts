import { hasLoneSurrogate, isBlank, type JsonObject, type JsonValue, trimWhiteSpace } from "@dpo-kit/schema";
import { holdsTemplateMarks } from "../rendered/holds-template-marks.ts";
import { parseRenderedText } from "../rendered/parse-rendered-text.ts";
import { kindOf } from "../row-sample.ts";

/** The texts of a pair of the commonest shapes. */
export interface PlainTexts {
  readonly system?: string | undefined;
  readonly prompt: string;
  readonly preferred: string;
  readonly nonPreferred: string;
}

/** Whether a text is whole Unicode and not blank: the others are told of. */
export function isPlainText(value: JsonValue | undefined): value is string {
  return typeof value === "string" && !hasLoneSurrogate(value) && !isBlank(value);
}

/** Whether a text is a prompt as it stands: no list of turns or messages, no transcript, no marks of a template. */
export function isPlainPrompt(text: string): boolean {
  const mayBeList = kindOf(text) !== "text" || /^\s*\[/u.test(text);
  return !mayBeList && parseRenderedText(text) === undefined && !holdsTemplateMarks(text);
}

/**
 * The texts of two conversations that are a question, perhaps behind an instruction, and its answers; undefined for
 * all others.
 */
export function textsOfConversations(
  better: JsonValue | undefined,
  worse: JsonValue | undefined,
): PlainTexts | undefined {
  if (!Array.isArray(better) || !Array.isArray(worse) || better.length !== worse.length) {
    return undefined;
  }
  const { length } = better;
  const roles = rolesByLength.get(length);
  if (roles === undefined) {
    return undefined;
  }
  const texts: string[] = [];
  for (const [index, role] of roles.entries()) {
    const text = textOf(better[index], role);
    const other = textOf(worse[index], role);
    const isAnswer = index === length - 1;
    if (text === undefined || other === undefined || (!isAnswer && text !== other)) {
      return undefined;
    }
    texts.push(...(isAnswer ? [text, other] : [text]));
  }
  const [nonPreferred, preferred, prompt, system] = texts.toReversed() as [string, string, string, string?];
  return { system, prompt, preferred, nonPreferred };
}

const rolesByLength: ReadonlyMap<number, readonly string[]> = new Map([
  [2, ["user", "assistant"]],
  [3, ["system", "user", "assistant"]],
]);

/** The text of a message that has a role and a text and nothing else. */
function textOf(message: JsonValue | undefined, role: string): string | undefined {
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    return undefined;
  }
  const { content } = message;
  const isPlain = message.role === role && Object.keys(message).length === 2;
  return isPlain && isPlainText(content) ? content : undefined;
}

/** Whether a prompt that stands beside conversations agrees with their question, so that nothing is said of it. */
export function agrees(beside: JsonValue | undefined, prompt: string): boolean {
  const text = typeof beside === "string" ? trimWhiteSpace(beside) : "";
  return text === "" || text.includes(trimWhiteSpace(prompt));
}

/** The first combining mark there is (https://www.unicode.org/charts/PDF/U0300.pdf). */
const FIRST_MARK = 0x300;

/**
 * Whether two texts may be the same but for white space around them and for how their characters are composed. Where
 * they first differ, no letter is composed with a mark if neither it nor what follows is a mark or a later character.
 */
export function mayBeSame(one: string, other: string): boolean {
  const [first, second] = [trimWhiteSpace(one), trimWhiteSpace(other)];
  let at = 0;
  while (at < first.length && first.charCodeAt(at) === second.charCodeAt(at)) {
    at += 1;
  }
  // Behind the end there is NaN, which is no mark.
  const around = [first, second].flatMap((text) => [text.charCodeAt(at), text.charCodeAt(at + 1)]);
  const isComposed = around.some((code) => code >= FIRST_MARK) && first.normalize() === second.normalize();
  return isComposed || (at === first.length && at === second.length);
}

/** A member by its own name. */
export function own(row: JsonObject, column: string | undefined): JsonValue | undefined {
  return column !== undefined && Object.hasOwn(row, column) ? row[column] : undefined;
}
