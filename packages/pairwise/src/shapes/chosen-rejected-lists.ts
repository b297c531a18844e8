import { findColumns } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { listClaim } from "../candidates/list-claim.ts";
import { ownMember } from "../candidates/member.ts";
import { mapContext } from "../context-mapping.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext, readTools } from "../read-context.ts";
import { kindOf, type RowSample } from "../row-sample.ts";
import {
  columnOf,
  type NeededFlag,
  type PairwiseShape,
  type RowContext,
  type RowReading,
  type ShapeClaim,
} from "../shape.ts";

/**
 * A prompt, several better and several worse answers: RM-Bench, RewardBench 2. Each of the better is better than
 * each of the worse; nothing is said within a side.
 */
export const chosenRejectedLists: PairwiseShape = {
  id: "chosen-rejected-lists",
  title: "A prompt, a list of better and a list of worse answers: chosen[], rejected[]",
  family: "L",
  detect,
  compare,
};

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const names = sample.columns.map(({ name }) => name);
  const { preferred, nonPreferred } = findColumns(names, options.columns);
  if (preferred.kind !== "found" || nonPreferred.kind !== "found") {
    return undefined;
  }
  const [better, worse] = [preferred.column.name, nonPreferred.column.name];
  const rows = sample.rows.map((row) => [ownMember(row, better), ownMember(row, worse)] as const);
  const areLists = rows.length > 0 && rows.every((row) => row.every((value) => isAnswers(value)));
  const areSeveral = areLists && rows.some((row) => row.some((value) => (value as JsonValue[]).length > 1));
  if (!areLists || !areSeveral) {
    return undefined;
  }
  const { hasPrompt } = mapContext(sample, options, [better, worse]);
  return listClaim(sample, options, {
    why: `each of ${better} is better than each of ${worse}`,
    mapping: [
      { role: "preferred", column: better },
      { role: "nonPreferred", column: worse },
    ],
    needsFlag: hasPrompt ? undefined : maySteps(better, worse),
  });
}

function maySteps(better: string, worse: string): NeededFlag {
  return {
    code: "PAIRWISE_LISTS_UNCLEAR",
    message: `${better} and ${worse} are lists of texts without a prompt: alternatives, or the steps of one answer?`,
    hint: "If they are alternatives, name the prompt: --columns prompt=NAME. Steps of one answer are to be joined first.",
  };
}

/** Texts, or objects that hold one each; empty lists too, but no conversations. */
function isAnswers(value: JsonValue | undefined): value is JsonValue[] {
  return Array.isArray(value) && (value.length === 0 || ["texts", "objects"].includes(kindOf(value)));
}

function compare(row: JsonObject, context: RowContext): RowReading {
  const sides = ["preferred", "nonPreferred"].map((role) => columnOf(context.claim, role));
  const [better, worse] = sides.map((column) => (column === undefined ? undefined : ownMember(row, column)));
  if (!isAnswers(better) || !isAnswers(worse)) {
    return { unfit: true };
  }
  const tools = readTools(row, context);
  const messages = readContext(row, context);
  const paths = [better, worse].flatMap((list, side) => list.map((_, index) => `${sides[side]}[${index}]`));
  const candidates = [better, worse]
    .flatMap((list) => list.map((_, index) => [list, index] as const))
    .map(([list, index], at) => ({ completion: context.reader.answerOf(list, index, paths[at]!) }));
  const verdict = {
    kind: "alternatives",
    preferred: [...better.keys()],
    nonPreferred: [...worse.keys()].map((index) => index + better.length),
  } as const;
  return {
    comparisons: [{ context: messages, candidates, verdict, ...(tools === undefined ? {} : { tools }) }],
    paths: { candidate: (index) => paths[index]! },
  };
}
