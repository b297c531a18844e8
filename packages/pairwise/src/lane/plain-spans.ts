import { isBlankSpan, mayBeSameComposed, sameBytes, sameTrimmed, type TextSpan } from "@dpo-kit/batch";
import { agrees, isPlainPrompt, mayBeSame } from "./plain-texts.ts";

/** Whether there is a text, and not only white space. */
export function isFilled(text: TextSpan | undefined): text is TextSpan {
  return text !== undefined && !isBlankSpan(text);
}

/** What {@link isPlainPrompt} says of a text. */
export function isPlainQuestion(text: TextSpan): boolean {
  return !mayHoldTurns(text) || isPlainPrompt(decode(text));
}

/**
 * Whether a text has any of what every list, mark of a template and transcript has: `#`, `<`, `[`, or the colon behind
 * a speaker's name, which ends with `t`, `n` or `m`. Most texts need not be decoded to be told from those.
 */
function mayHoldTurns({ bytes, start, end }: TextSpan): boolean {
  for (let at = start; at < end; at += 1) {
    const telling = tellingBytes[bytes[at]!]!;
    if (telling === ALWAYS || (telling === BEHIND_NAME && at > start && endsName[bytes[at - 1]!] === 1)) {
      return true;
    }
  }
  return false;
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

const [ALWAYS, BEHIND_NAME] = [1, 2];
const tellingBytes = bytesOf("#<[", ALWAYS);
tellingBytes[":".charCodeAt(0)] = BEHIND_NAME;
const endsName = bytesOf("tnm", 1);

/** A table in which some characters have a number and all others 0. */
function bytesOf(characters: string, number: number): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) {
    table[character.charCodeAt(0)] = number;
  }
  return table;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
