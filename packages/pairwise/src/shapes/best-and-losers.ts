import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { listClaim } from "../candidates/list-claim.ts";
import { findColumnName, ownMember } from "../candidates/member.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext, readTools } from "../read-context.ts";
import { columnNamed, kindOf, type RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading, type ShapeClaim } from "../shape.ts";

/** A prompt, the best answer and a list of those it won against, as best-of-n benchmarks write them. */
export const bestAndLosers: PairwiseShape = {
  id: "best-and-losers",
  title: "A prompt, the best answer and a list of the others: bon_best, loser_list",
  family: "L",
  detect,
  compare,
};

const bestNames = [
  "bon_best",
  "best",
  "best_answer",
  "best_response",
  "winner_response",
  "winner",
  "chosen",
  "preferred",
];
const loserNames = ["loser_list", "losers", "rejected_list", "rejected_responses", "negatives", "rejected"];

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const names = sample.columns.map(({ name }) => name);
  const best = options.columns?.preferred ?? findColumnName(names, bestNames);
  const losers = options.columns?.nonPreferred ?? findColumnName(names, loserNames);
  if (best === undefined || losers === undefined) {
    return undefined;
  }
  const isOne = ["text", "message", "object"].includes(columnNamed(sample, best)?.kind ?? "");
  if (!isOne || !sample.rows.some((row) => isAnswers(ownMember(row, losers)))) {
    return undefined;
  }
  return listClaim(sample, options, {
    why: `${best} is better than each of ${losers}`,
    mapping: [
      { role: "preferred", column: best },
      { role: "nonPreferred", column: losers },
    ],
  });
}

/** Several answers: texts or objects that hold one. A list of messages is one answer, not several. */
function isAnswers(value: JsonValue | undefined): value is JsonValue[] {
  return Array.isArray(value) && ["texts", "objects"].includes(kindOf(value));
}

function compare(row: JsonObject, context: RowContext): RowReading {
  const [best, losers] = [columnOf(context.claim, "preferred"), columnOf(context.claim, "nonPreferred")];
  const others = losers === undefined ? undefined : ownMember(row, losers);
  if (best === undefined || !Array.isArray(others)) {
    return { unfit: true };
  }
  const { reader } = context;
  const tools = readTools(row, context);
  const messages = readContext(row, context);
  const candidates = [
    reader.answer(row, best),
    ...others.map((_, index) => reader.answerOf(others, index, `${losers}[${index}]`)),
  ].map((completion) => ({ completion }));
  const verdict = { kind: "best", best: 0 } as const;
  return {
    comparisons: [{ context: messages, candidates, verdict, ...(tools === undefined ? {} : { tools }) }],
    paths: { candidate: (index) => (index === 0 ? best : `${losers}[${index - 1}]`) },
  };
}
