import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { findColumnName } from "./member.ts";

/** Two columns that hold the two answers of a row, and the marks that tell them apart. */
export interface AnswerColumns {
  readonly first: string;
  readonly second: string;
  /** The marks, in lower case: `a` and `b`, `0` and `1`, `1` and `2`. */
  readonly marks: Marks;
  /** The name without its mark, in lower case letters and digits: `response`, `actiondescription`. */
  readonly stem: string;
}

export type Marks = readonly ["a", "b"] | readonly ["0", "1"] | readonly ["1", "2"];

const everyMarks: readonly Marks[] = [
  ["a", "b"],
  ["0", "1"],
  ["1", "2"],
];

/**
 * What answers are called, the surest first. Conversations come before responses, since they hold them;
 * `orig_response` (Prometheus) comes before `output`, which is a judge's text there.
 */
const stems: readonly string[] = [
  "conversation",
  "origresponse",
  "response",
  "answer",
  "output",
  "completion",
  "candidate",
  "humanref",
  "generation",
  "reply",
  "assistant",
  "summary",
  "text",
  "actiondescription",
  "action",
  "option",
];

/**
 * Finds the two columns that hold the answers of a row: `response_a` and `response_b`, `output_1` and
 * `output_2`, `"response 1"` and `"response 2"`, `candidate0` and `candidate1`, `action_0_description` and
 * `action_1_description`. Marks and names are compared with case, spaces and punctuation ignored.
 */
export function findAnswerColumns(columns: readonly string[]): AnswerColumns | undefined {
  return findAllAnswerColumns(columns)[0];
}

/**
 * All that {@link findAnswerColumns} would take if the ones before were not there, the surest first.
 *
 * @param others stems beside the known ones, to be looked for last.
 */
export function findAllAnswerColumns(
  columns: readonly string[],
  others: readonly string[] = [],
): AnswerColumns[] {
  const byStem = markedByStem(columns);
  return [...stems, ...others].flatMap((stem) => {
    const marked = byStem.get(stem) ?? [];
    return everyMarks.flatMap((marks) => {
      const [first, second] = marks.map((mark) => marked.find((each) => each.mark === mark));
      // 0, 1 and 2 side by side are a list of answers, not two of them.
      const isList = marked.some(({ mark }) => /^\d+$/u.test(mark) && !marks.some((each) => each === mark));
      return first === undefined || second === undefined || isList
        ? []
        : [{ first: first.name, second: second.name, marks, stem }];
    });
  });
}

/**
 * The columns that two judged answers may be in, the surest first. Names that nobody knows are answers only where the
 * user says that there is a verdict on them. With `--from` and a verdict, the columns that are named as better and
 * worse are the first and the second answer: for names that have no mark in common.
 *
 * @param shape the id of the shape that asks.
 */
export function judgedColumns(
  names: readonly string[],
  { columns, from, verdict }: PairwiseMappingOptions,
  shape: string,
): AnswerColumns[] {
  const { preferred, nonPreferred } = columns ?? {};
  if (from !== shape || verdict?.meanings === undefined || !preferred || !nonPreferred) {
    return findAllAnswerColumns(names, verdict === undefined ? [] : markedStems(names));
  }
  const [first, second] = [preferred, nonPreferred].map((name) => findColumnName(names, [name]));
  return first === undefined || second === undefined
    ? []
    : [{ first, second, marks: ["1", "2"], stem: "answer" }];
}

/** The parts of a name: runs of letters and runs of digits, in lower case. `human_ref_A`: human, ref, a. */
export function nameParts(name: string): string[] {
  const parted = name.normalize("NFKC").replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, " ");
  return parted.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
}

/** The stems of all names that bear a mark, but for the known ones. */
function markedStems(columns: readonly string[]): string[] {
  return [...markedByStem(columns).keys()].filter((stem) => !stems.includes(stem));
}

/** A column whose name bears a mark: `response_a`, `candidate 12`. */
interface MarkedColumn {
  readonly name: string;
  readonly mark: string;
}

function markedByStem(columns: readonly string[]): Map<string, MarkedColumn[]> {
  const found = new Map<string, MarkedColumn[]>();
  for (const name of columns) {
    const parts = nameParts(name);
    const at = markIndex(parts);
    if (at !== -1) {
      const stem = parts.filter((_, index) => index !== at).join("");
      const marked = found.get(stem) ?? [];
      marked.push({ name, mark: parts[at]! });
      found.set(stem, marked);
    }
  }
  return found;
}

function markIndex(parts: readonly string[]): number {
  return parts.findIndex((part, index) => index > 0 && (/^\d{1,3}$/u.test(part) || /^[ab]$/u.test(part)));
}
