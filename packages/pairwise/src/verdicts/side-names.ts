import type { AnswerColumns } from "../candidates/answer-columns.ts";
import { isNoVerdict, type Reading } from "./side.ts";

const ties: ReadonlySet<string> = new Set([
  "tie",
  "tied",
  "tie (bothbad)",
  "tie (both bad)",
  "bothbad",
  "both_bad",
  "both bad",
  "both_good",
  "both good",
  "both",
  "neither",
  "draw",
  "equal",
  "same",
  "no preference",
]);

/** Words that tell the two by their place, whatever their columns are called. */
const places: ReadonlyMap<string, "first" | "second"> = new Map([
  ["left", "first"],
  ["first", "first"],
  ["right", "second"],
  ["second", "second"],
]);

/** Names that carry a mark: `model_a`, `response 1`. */
const carriers = [
  "model",
  "response",
  "answer",
  "output",
  "assistant",
  "completion",
  "candidate",
  "conversation",
];

/**
 * What a text says of two answers by naming one of them: `model_a`, `response_b`, `A`, `left`, `A>B`, `A>>B`,
 * `A=B`, `tie (bothbad)`. A bare digit is no name: what it means is for the column to say.
 */
export function readSideName(text: string, { marks, stem }: AnswerColumns): Reading {
  const said = text.trim().toLowerCase();
  if (ties.has(said)) {
    return "tie";
  }
  const named = places.get(said) ?? bySign(said, marks) ?? byMark(said, marks, stem);
  return named ?? (isNoVerdict(text) ? "none" : "unknown");
}

/** `A>B`, `B>>A`, `A=B`, as Arena-Hard and JudgeBench write it. */
function bySign(said: string, [one, other]: readonly [string, string]): Reading | undefined {
  const found = /^\[*\s*([\w]+)\s*(>{1,2}|<{1,2}|={1,2})\s*([\w]+)\s*\]*$/u.exec(said);
  if (found === null) {
    return undefined;
  }
  const [, left, sign, right] = found;
  const straight = left === one && right === other;
  if (!straight && !(left === other && right === one)) {
    return undefined;
  }
  if (sign!.startsWith("=")) {
    return "tie";
  }
  return straight === sign!.startsWith(">") ? "first" : "second";
}

function byMark(said: string, marks: readonly [string, string], stem: string): Reading | undefined {
  const folded = said.replace(/[^\p{L}\p{N}]+/gu, "");
  for (const [index, mark] of marks.entries()) {
    const isLetter = /^[a-z]$/u.test(mark);
    const names = [...carriers, stem].map((carrier) => `${carrier}${mark}`);
    if (names.includes(folded) || (isLetter && folded === mark)) {
      return index === 0 ? "first" : "second";
    }
  }
  return undefined;
}
