import type { JsonObject, Message } from "@dpo-kit/schema";
import { compareAnswers } from "../compare-answers.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { answerMapping, hasColumns } from "../named-answers.ts";
import { findNamedPair, type NamedPair } from "../named-pair.ts";
import { hasPromptElsewhere, readContext, readTools } from "../read-context.ts";
import { member, type RowReader } from "../row-reader.ts";
import { columnNamed, type RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading, type ShapeClaim } from "../shape.ts";

/** A prompt, a better and a worse answer, each in a column of its own. */
export const promptAndAnswers: PairwiseShape = {
  id: "prompt-and-answers",
  title: "A prompt with a better and a worse answer",
  family: "P",
  standsAlone: true,
  detect(sample, options) {
    const pair = findNamedPair(sample, options);
    const isOutside = pair?.layout === "answers" || isNamed(options);
    return pair?.context.hasPrompt && isOutside ? claimOf(sample, pair) : undefined;
  },
  compare(row, context) {
    const preferred = columnOf(context.claim, "preferred");
    const nonPreferred = columnOf(context.claim, "non_preferred");
    if (!hasColumns(row, preferred, nonPreferred) || hasPromptElsewhere(row, context.claim)) {
      return { unfit: true };
    }
    return isTie(row, context) ? { comparisons: [tied], dropped: [] } : readRow(row, context);
  },
};

/** A comparison that was judged and found even. */
const tied = { context: [], candidates: [], verdict: { kind: "tie" } } as const;

function readRow(row: JsonObject, context: RowContext): RowReading {
  const messages = readContext(row, context);
  const preferred = answerOf(row, columnOf(context.claim, "preferred")!, context.reader);
  const nonPreferred = answerOf(row, columnOf(context.claim, "non_preferred")!, context.reader);
  const tools = readTools(row, context);
  return compareAnswers(row, { context: messages, preferred, nonPreferred, tools }, context);
}

/** JSON in an answer that is a text stays what it is. */
function answerOf(row: JsonObject, column: string, reader: RowReader): Message[] {
  return typeof member(row, column) === "string"
    ? reader.textAnswer(row, column)
    : reader.answer(row, column);
}

function isNamed({ columns }: PairwiseMappingOptions): boolean {
  return typeof columns?.prompt === "string";
}

function claimOf(sample: RowSample, { answers, context }: NamedPair): ShapeClaim {
  const { preferred, nonPreferred } = answers;
  const prompt = context.mapping
    .filter(({ role }) => role === "prompt" || role === "messages" || role === "input")
    .map(({ column }) => column);
  const status = statusColumn(sample);
  return {
    confidence: 0.9,
    why: `${preferred.name} and ${nonPreferred.name} are named as better and worse, and ${prompt.join(" and ")} holds what they answer`,
    mapping: [
      ...context.mapping,
      ...answerMapping(sample, answers),
      ...(status === undefined ? [] : [{ role: "status", column: status }]),
    ],
    needsFlag: context.needsFlag,
  };
}

const statusValues: ReadonlySet<string> = new Set(["tie", "swapped", "unchanged"]);

/** Where a second judge looked at given pairs, `status` tells which of them it found even. */
function statusColumn(sample: RowSample): string | undefined {
  const values = [...(columnNamed(sample, "status")?.distinct?.keys() ?? [])];
  return values.length > 0 && values.every((value) => statusValues.has(value)) ? "status" : undefined;
}

function isTie(row: JsonObject, { claim }: RowContext): boolean {
  const status = columnOf(claim, "status");
  return status !== undefined && member(row, status) === "tie";
}
