import type { Candidate } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../candidates/member.ts";
import { hasColumns } from "../named-answers.ts";
import { withSystem } from "../read-context.ts";
import type { RowReader } from "../row-reader.ts";
import { areMost } from "../row-sample.ts";
import type { PairwiseShape, RowContext, RowReading } from "../shape.ts";

/**
 * Preference rows for NVIDIA NeMo RL: `context`, and `completions` with a `rank`, the lowest the best
 * (https://github.com/NVIDIA-NeMo/RL/blob/main/docs/guides/dpo.md).
 */
export const nemoRl: PairwiseShape = {
  id: "nemo-rl",
  title: "Preference rows for NVIDIA NeMo RL",
  family: "L",
  standsAlone: true,
  detect(sample) {
    return areMost(sample, isRow)
      ? {
          confidence: 0.98,
          why: "context and ranked completions are the keys of a preference row for NeMo RL; the lowest rank is the best",
          mapping: [
            { role: "prompt", column: "context" },
            { role: "candidates", column: "completions" },
            { role: "rank", column: "completions[].rank" },
          ],
        }
      : undefined;
  },
  compare(row, context) {
    return isRow(row) ? readRow(row, context) : { unfit: true };
  },
};

function isRow(row: JsonObject): boolean {
  const isOpen = hasColumns(row, "context", "completions") && Array.isArray(row.completions);
  return (
    isOpen &&
    (row.completions as JsonValue[]).some((each) => isObject(each) && "rank" in each && "completion" in each)
  );
}

function readRow(row: JsonObject, context: RowContext): RowReading {
  const { reader } = context;
  const messages = reader.context(row, "context");
  const tools = reader.tools(row, "tools");
  const candidates = (row.completions as JsonValue[]).map((each, index) => candidateOf(each, index, reader));
  return {
    comparisons: [
      {
        context: withSystem(messages, row, context),
        ...(tools === undefined ? {} : { tools }),
        candidates,
        verdict: { kind: "ranks" },
      },
    ],
    paths: { prompt: "context", candidate: (index) => `completions[${index}]` },
  };
}

function candidateOf(value: JsonValue, index: number, reader: RowReader): Candidate {
  const held = isObject(value) ? value : {};
  const completion = reader.answerOf(held, "completion", `completions[${index}].completion`);
  return { completion, rank: typeof held.rank === "number" ? held.rank : null };
}
