import { type Candidate, carriedMember } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { decidingNames, findDecider, listNames, standingOf, textNames } from "../candidates/answer-values.ts";
import { type DecidedClaim, listClaim } from "../candidates/list-claim.ts";
import { listValue } from "../candidates/list-value.ts";
import { answerNames, findColumnName, isObject } from "../candidates/member.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext, readTools } from "../read-context.ts";
import type { RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading, type ShapeClaim } from "../shape.ts";

/**
 * A prompt and a list of answers that each have a rank or a score: Nectar, UltraFeedback, Stack Exchange
 * preferences, NeMo RL. Also as column stores write such lists: one object with a list for each member.
 */
export const candidateList: PairwiseShape = {
  id: "candidate-list",
  title: "A prompt and a list of answers with ranks or scores: answers[].rank, completions[].score",
  family: "L",
  detect,
  compare,
};

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const names = sample.columns.map(({ name }) => name);
  const known = answerNames(options, listNames).flatMap((name) => findColumnName(names, [name]) ?? []);
  for (const column of known) {
    const items = sample.rows.flatMap((row) => itemsOf(listValue(row, column)) ?? []);
    const decider = findDecider(decidingNames(items), options.score);
    if (items.length > 0 && items.every((item) => textKeyOf(item) !== undefined) && decider !== undefined) {
      const by = "found" in decider ? decider.found.name : decider.ambiguous.join(" or ");
      const why = `${column} lists answers that ${by} orders`;
      return listClaim(sample, options, { why, mapping: [{ role: "answers", column }], decider });
    }
  }
  return undefined;
}

/** The answers of a list of objects, or of an object of lists. Nulls, as column stores pad, are left out. */
function itemsOf(value: JsonValue | undefined): JsonObject[] | undefined {
  const list = isObject(value) ? rowsOfLists(value) : value;
  if (!Array.isArray(list)) {
    return undefined;
  }
  // A member that is taken out of carried JSON remembers how its numbers were written.
  const items = list.map((_, index) => carriedMember(list, index)!).filter((item) => item !== null);
  return items.every(isObject) ? (items as JsonObject[]) : undefined;
}

/** `{ text: [a, b], score: [1, 2] }` as `[{ text: a, score: 1 }, { text: b, score: 2 }]`. */
function rowsOfLists(value: JsonObject): JsonObject[] | undefined {
  const lists = Object.entries(value).filter((entry): entry is [string, JsonValue[]] =>
    Array.isArray(entry[1]),
  );
  const [first] = lists;
  if (first === undefined || lists.some(([, list]) => list.length !== first[1].length)) {
    return undefined;
  }
  return first[1].map((_, index) => Object.fromEntries(lists.map(([name, list]) => [name, list[index]!])));
}

function textKeyOf(item: JsonObject): string | undefined {
  return textNames.find((name) => Object.hasOwn(item, name));
}

function compare(row: JsonObject, context: RowContext): RowReading {
  const column = columnOf(context.claim, "answers");
  const { decider } = context.claim as DecidedClaim;
  const items = column === undefined ? undefined : itemsOf(listValue(row, column, context.reader));
  if (column === undefined || decider === undefined || items === undefined) {
    return { unfit: true };
  }
  const messages = readContext(row, context);
  const tools = readTools(row, context);
  const candidates = items.map((item, index): Candidate => {
    const key = textKeyOf(item);
    const path = `${column}[${index}].${key ?? "text"}`;
    const completion = key === undefined ? [] : context.reader.answerOf(item, key, path);
    return { completion, ...standingOf(item, decider) };
  });
  const verdict = { kind: decider.kind === "rank" ? "ranks" : "scores" } as const;
  return {
    comparisons: [{ context: messages, candidates, verdict, ...(tools === undefined ? {} : { tools }) }],
    paths: { candidate: (index) => `${column}[${index}]` },
  };
}
