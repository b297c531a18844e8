import { isBlankSpan, mayBeSameComposed, sameBytes, sameTrimmed, type TextSpan } from "@dpo-kit/batch";
import { agrees, isPlainPrompt, mayBeSame } from "./plain-texts.ts";

/** Whether there is a text, and not only white space. */
export function isFilled(text: TextSpan | undefined): text is TextSpan {
  return text !== undefined && !isBlankSpan(text);
}

/** What {@link isPlainPrompt} says of a text. */
export function isPlainQuestion(text: TextSpan): boolean {
  return isPlainPrompt(decode(text));
}

/** Whether two texts may be the same but for white space around them and how their characters are composed. */
export function mayBeSameAnswer(one: TextSpan, other: TextSpan): boolean {
  return sameTrimmed(one, other) || (mayBeSameComposed(one, other) && mayBeSame(decode(one), decode(other)));
}

/** What {@link agrees} says of a prompt beside conversations. */
export function repeats(beside: TextSpan, prompt: TextSpan): boolean {
  return sameBytes(beside, prompt) || agrees(decode(beside), decode(prompt));
}

function decode({ bytes, start, end }: TextSpan): string {
  return utf8.decode(bytes.subarray(start, end));
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
