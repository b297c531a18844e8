import type { Candidate } from "@dpo-kit/preference";
import { sameMessages } from "@dpo-kit/preference";
import type { JsonObject, Message } from "@dpo-kit/schema";
import {
  type DeciderFinding,
  decidingNames,
  findDecider,
  standingOf,
  textNames,
} from "../candidates/answer-values.ts";
import { groupKey } from "../candidates/group-key.ts";
import { type DecidedClaim, listClaim } from "../candidates/list-claim.ts";
import { answerNames, findColumnName, isObject, ownMember } from "../candidates/member.ts";
import { findPost, readPost } from "../candidates/summarised-post.ts";
import type { PairwiseMappingOptions } from "../mapping-options.ts";
import { readContext, readTools } from "../read-context.ts";
import { columnNamed, type RowSample, type ValueKind } from "../row-sample.ts";
import { columnOf, type PairwiseShape, type RowContext, type RowReading } from "../shape.ts";

/** One answer a row, with its rank or score; the rows of one prompt are compared: HelpSteer2, ranked tables. */
export const longFormat: PairwiseShape = {
  id: "long-format",
  title: "One answer a row with a rank or a score, gathered by prompt: prompt, response, score",
  family: "R",
  detect,
  compare: () => ({ unfit: true }),
  gather: { key, combine },
};

function detect(sample: RowSample, options: PairwiseMappingOptions): LongClaim | undefined {
  const names = sample.columns.map(({ name }) => name);
  const column = findColumnName(names, answerNames(options, textNames));
  const kind = column === undefined ? undefined : columnNamed(sample, column)?.kind;
  const found = column === undefined ? undefined : findScore(sample, column, options.score);
  if (column === undefined || found === undefined || !answerKinds.has(kind ?? "null")) {
    return undefined;
  }
  const { decider, path } = found;
  const deciding = "found" in decider ? [decider.found.name] : decider.ambiguous;
  const scores = deciding.map((name) => ({ role: "score", column: [...path, name].join(".") }));
  const claim = listClaim(sample, options, {
    why: `${column} is one answer a row, and ${deciding.join(" or ")} orders those of one prompt`,
    mapping: [{ role: "answer", column }, ...scores],
    decider,
  });
  return withPost({ ...claim, path }, sample);
}

const answerKinds: ReadonlySet<ValueKind> = new Set(["text", "message", "messages", "texts", "object"]);

/** Where the score is that decides: beside the answer, in it, or in an object that it holds. Plain data. */
interface LongClaim extends DecidedClaim {
  readonly path: readonly string[];
}

function findScore(
  { rows }: RowSample,
  column: string,
  given: string | undefined,
): { decider: NonNullable<DeciderFinding>; path: readonly string[] } | undefined {
  const answer = rows.map((row) => ownMember(row, column)).find(isObject) ?? {};
  const inside = Object.keys(answer).filter((name) => isObject(ownMember(answer, name)));
  for (const path of [[], [column], ...inside.map((name) => [column, name])]) {
    const decider = findDecider(decidingNames(rows.map((row) => objectAt(row, path))), given);
    if (decider !== undefined) {
      return { decider, path };
    }
  }
  return undefined;
}

function objectAt(row: JsonObject, path: readonly string[]): JsonObject {
  return path.reduce<JsonObject>((parent, name) => {
    const value = ownMember(parent, name);
    return isObject(value) ? value : {};
  }, row);
}

/** A post that is to be summarised is the prompt where there is no other. */
function withPost(claim: LongClaim, sample: RowSample): LongClaim {
  const post = columnOf(claim, "prompt") === undefined ? findPost(sample) : [];
  const asks = claim.needsFlag?.code === "PAIRWISE_PROMPT_UNKNOWN" ? undefined : claim.needsFlag;
  return post.length === 0 ? claim : { ...claim, mapping: [...post, ...claim.mapping], needsFlag: asks };
}

function key(row: JsonObject, context: RowContext): string | undefined {
  const column = columnOf(context.claim, "answer");
  return column === undefined || !Object.hasOwn(row, column) ? undefined : groupKey(row, context);
}

function combine(rows: readonly JsonObject[], context: RowContext): RowReading {
  const column = columnOf(context.claim, "answer")!;
  const { decider, path } = context.claim as LongClaim;
  const [first] = rows;
  if (first === undefined || decider === undefined) {
    return { unfit: true };
  }
  const messages = readPrompt(first, context);
  if (context.options.gatherBy !== undefined && !shareContext(rows, messages, context)) {
    return { comparisons: [] };
  }
  const tools = readTools(first, context);
  const candidates = rows.map((row): Candidate => {
    return { completion: context.reader.answer(row, column), ...standingOf(objectAt(row, path), decider) };
  });
  const verdict = { kind: decider.kind === "rank" ? "ranks" : "scores" } as const;
  return {
    comparisons: [{ context: messages, candidates, verdict, ...(tools === undefined ? {} : { tools }) }],
    paths: { candidate: () => column },
  };
}

function readPrompt(row: JsonObject, context: RowContext): Message[] {
  return readPost(row, context) ?? readContext(row, context);
}

/** Answers to different prompts cannot be compared, whatever the rows are gathered by. */
function shareContext(
  rows: readonly JsonObject[],
  messages: readonly Message[],
  context: RowContext,
): boolean {
  const other = rows.find((row) => !sameMessages(readPrompt(row, context), messages));
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
