import type { Candidate } from "@dpo-kit/preference";
import { sameMessages } from "@dpo-kit/preference";
import type { JsonObject, Message } from "@dpo-kit/schema";
import { decidingNames, findDecider, standingOf, textNames } from "../candidates/answer-values.ts";
import { groupKey } from "../candidates/group-key.ts";
import { type DecidedClaim, listClaim } from "../candidates/list-claim.ts";
import { answerNames, findColumnName, ownMember } from "../candidates/member.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext, readTools } from "../read-context.ts";
import { columnNamed, type RowSample } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading, type ShapeClaim } from "../shape.ts";

/** One answer a row, with its rank or score; the rows of one prompt are compared: HelpSteer2, ranked tables. */
export const longFormat: PairwiseShape = {
  id: "long-format",
  title: "One answer a row with a rank or a score, gathered by prompt: prompt, response, score",
  family: "R",
  detect,
  compare: () => ({ unfit: true }),
  gather: { key, combine },
};

function detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined {
  const names = sample.columns.map(({ name }) => name);
  const column = findColumnName(names, answerNames(options, textNames));
  const decider = findDecider(decidingNames(sample.rows), options.score);
  const kind = column === undefined ? undefined : columnNamed(sample, column)?.kind;
  if (
    column === undefined ||
    decider === undefined ||
    !["text", "message", "messages", "texts"].includes(kind ?? "")
  ) {
    return undefined;
  }
  const deciding = "found" in decider ? [decider.found.name] : decider.ambiguous;
  return listClaim(sample, options, {
    why: `${column} is one answer a row, and ${deciding.join(" or ")} orders those of one prompt`,
    mapping: [{ role: "answer", column }, ...deciding.map((each) => ({ role: "score", column: each }))],
    decider,
  });
}

function key(row: JsonObject, context: RowContext): string | undefined {
  const column = columnOf(context.claim, "answer");
  return column === undefined || !Object.hasOwn(row, column) ? undefined : groupKey(row, context);
}

function combine(rows: readonly JsonObject[], context: RowContext): RowReading {
  const column = columnOf(context.claim, "answer")!;
  const { decider } = context.claim as DecidedClaim;
  const [first] = rows;
  if (first === undefined || decider === undefined) {
    return { unfit: true };
  }
  const messages = readContext(first, context);
  if (context.options.gatherBy !== undefined && !shareContext(rows, messages, context)) {
    return { comparisons: [] };
  }
  const tools = readTools(first, context);
  const candidates = rows.map((row): Candidate => {
    return { completion: context.reader.answer(row, column), ...standingOf(row, decider) };
  });
  const verdict = { kind: decider.kind === "rank" ? "ranks" : "scores" } as const;
  return {
    comparisons: [{ context: messages, candidates, verdict, ...(tools === undefined ? {} : { tools }) }],
    paths: { candidate: () => column },
  };
}

/** Answers to different prompts cannot be compared, whatever the rows are gathered by. */
function shareContext(
  rows: readonly JsonObject[],
  messages: readonly Message[],
  context: RowContext,
): boolean {
  const other = rows.find((row) => !sameMessages(readContext(row, context), messages));
  if (other === undefined) {
    return true;
  }
  const prompt = columnOf(context.claim, "prompt") ?? "prompt";
  context.reader.wrong("PAIR_INVALID", prompt, {
    message: "Rows that are gathered together answer different prompts",
    found: ownMember(other, prompt),
    hint: "Gather by a column that tells the prompts apart: --gather-by NAME",
  });
  return false;
}
