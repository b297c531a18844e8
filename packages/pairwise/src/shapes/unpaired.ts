import type { JsonObject, Message } from "@dpo-kit/schema";
import { jsonText } from "@dpo-kit/schema";
import { textNames } from "../candidates/answer-values.ts";
import { groupKey } from "../candidates/group-key.ts";
import { listClaim } from "../candidates/list-claim.ts";
import { answerNames, findColumnName, ownMember } from "../candidates/member.ts";
import { mapBeside } from "../map-beside.ts";
import type { PairwiseMappingOptions, VerdictMapping } from "../mapping-options.ts";
import { readContext, readTools, withSystem } from "../read-context.ts";
import type { ColumnSummary, RowSample } from "../row-sample.ts";
import {
  columnOf,
  type NeededFlag,
  type PairwiseShape,
  type RowContext,
  type RowReading,
  type ShapeClaim,
} from "../shape.ts";
import type { UnpairedExample } from "../unpaired-example.ts";
import { isNoVerdict, verdictText } from "../verdicts/side.ts";

/**
 * Answers that are judged one by one, good or bad: KTO data, thumbs, BeaverTails. Pairs come only of prompts
 * that have both; the other answers are unpaired examples.
 */
export const unpaired: PairwiseShape = {
  id: "unpaired",
  title: "One answer a row that is good or bad, gathered by prompt: prompt, completion, label",
  family: "K",
  detect,
  compare: () => ({ unfit: true }),
  gather: { key, combine },
};

/** What a lone judgement is called. The first ones are about good and bad by their names alone. */
const labelNames = [
  "is_safe",
  "is_good",
  "is_correct",
  "is_desirable",
  "desirable",
  "kto_tag",
  "thumbs_up",
  "label",
];
const conversationNames = ["messages", "conversations", "conversation"];

const goodTexts: ReadonlySet<string> = new Set([
  "true",
  "good",
  "desirable",
  "chosen",
  "up",
  "thumbs_up",
  "👍",
]);
const badTexts: ReadonlySet<string> = new Set([
  "false",
  "bad",
  "undesirable",
  "rejected",
  "down",
  "thumbs_down",
  "👎",
]);

interface UnpairedClaim extends ShapeClaim {
  /** The values of the label, where they do not speak for themselves: `first` is good, `second` bad. */
  readonly meanings?: VerdictMapping["meanings"];
}

function detect(sample: RowSample, options: PairwiseMappingOptions): UnpairedClaim | undefined {
  const { verdict } = options;
  const names = sample.columns.map(({ name }) => name);
  const labelName = findColumnName(names, verdict === undefined ? labelNames : [verdict.column]);
  const label = sample.columns.find(({ name }) => name === labelName);
  const isLabel = label !== undefined && label.filled > 0 && (verdict !== undefined || isJudgement(label));
  if (!isLabel) {
    return undefined;
  }
  const meanings = verdict?.meanings ?? (isCount(label.name) ? { 1: "first", 0: "second" } : undefined);
  const needsFlag = meanings === undefined && !saysGoodOrBad(label) ? whichIsGood(label) : undefined;
  const claim = answerClaim(sample, options, label.name, needsFlag);
  return claim && { ...claim, ...(meanings === undefined ? {} : { meanings }) };
}

/** Names under which 1 is surely the good one: they say what is true of the answer. */
function isCount(name: string): boolean {
  return /^is[_ ]|desirable|thumbs[_ ]?up/iu.test(name);
}

function isJudgement({ distinct }: ColumnSummary): boolean {
  const texts = [...(distinct?.keys() ?? [])].map((text) => text.toLowerCase());
  return (
    texts.length > 0 &&
    texts.length <= 2 &&
    texts.every((text) => signOf(text) !== undefined || /^[01]$/u.test(text))
  );
}

function saysGoodOrBad({ distinct }: ColumnSummary): boolean {
  return [...(distinct?.keys() ?? [])].every((text) => signOf(text) !== undefined || isNoVerdict(text));
}

function signOf(text: string): boolean | undefined {
  const folded = text.trim().toLowerCase();
  return goodTexts.has(folded) ? true : badTexts.has(folded) ? false : undefined;
}

function whichIsGood({ name, distinct }: ColumnSummary): NeededFlag {
  const counts = [...(distinct ?? [])].map(([text, count]) => `${text}: ${count}`).join(", ");
  return {
    code: "PAIRWISE_VERDICT_UNKNOWN",
    message: `Nothing says which value of ${name} is the good one (${counts})`,
    hint: `Say which: --verdict ${name}:1=first,0=second if 1 is good  or  --verdict ${name}:0=first,1=second if 0 is`,
  };
}

/** A prompt with an answer beside it, or conversations that end with the answer. */
function answerClaim(
  sample: RowSample,
  options: PairwiseMappingOptions,
  label: string,
  needsFlag: NeededFlag | undefined,
): ShapeClaim | undefined {
  const isAnswer = ({ name, kind }: ColumnSummary): boolean =>
    name !== label && (kind === "text" || kind === "messages" || kind === "message");
  const answers = sample.columns.filter(isAnswer).map(({ name }) => name);
  const column = findColumnName(answers, answerNames(options, textNames));
  const why = `${label} says of each answer by itself whether it is good`;
  if (column !== undefined) {
    const mapping = [role("answer", column), role("label", label)];
    return listClaim(sample, options, { why, mapping, needsFlag });
  }
  const conversation = findColumnName(answers, conversationNames);
  if (conversation === undefined) {
    return undefined;
  }
  const mapping = [...mapBeside(sample, options), role("conversation", conversation), role("label", label)];
  return { confidence: 0.8, why, mapping, needsFlag };
}

function role(name: string, column: string): { role: string; column: string } {
  return { role: name, column };
}

function key(row: JsonObject, context: RowContext): string | undefined {
  const conversation = columnOf(context.claim, "conversation");
  if (conversation === undefined) {
    const answer = columnOf(context.claim, "answer");
    return answer === undefined || !Object.hasOwn(row, answer) ? undefined : groupKey(row, context);
  }
  const messages = ownMember(row, conversation);
  return Array.isArray(messages) && messages.length > 1
    ? `${jsonText(messages.slice(0, -1))}${groupKey(row, context)}`
    : undefined;
}

function combine(rows: readonly JsonObject[], context: RowContext): RowReading {
  const judged = rows.flatMap((row) => {
    const label = labelOf(row, context);
    return label === undefined ? [] : [{ row, label }];
  });
  if (judged.length === 0) {
    return { skipped: "no-verdict" };
  }
  const examples = judged.map(({ row, label }): UnpairedExample => ({ ...readAnswer(row, context), label }));
  const [first] = examples;
  if (examples.every(({ label }) => label === first!.label)) {
    return { skipped: "unpaired", unpaired: examples };
  }
  const tools = readTools(judged[0]!.row, context);
  const verdict = {
    kind: "alternatives",
    preferred: examples.flatMap(({ label }, index) => (label ? index : [])),
    nonPreferred: examples.flatMap(({ label }, index) => (label ? [] : index)),
  } as const;
  const comparison = {
    context: first!.prompt,
    candidates: examples.map(({ completion }) => ({ completion })),
    verdict,
    ...(tools === undefined ? {} : { tools }),
  };
  const column = columnOf(context.claim, "answer") ?? columnOf(context.claim, "conversation")!;
  return { comparisons: [comparison], paths: { candidate: () => column } };
}

function labelOf(row: JsonObject, { claim, reader }: RowContext): boolean | undefined {
  const column = columnOf(claim, "label")!;
  const value = ownMember(row, column);
  const { meanings } = claim as UnpairedClaim;
  const text = verdictText(value);
  const meaning = meanings !== undefined && Object.hasOwn(meanings, text) ? meanings[text] : undefined;
  if (meaning !== undefined) {
    return meaning === "tie" ? undefined : meaning === "first";
  }
  const sign = signOf(text);
  if (sign === undefined && !isNoVerdict(value)) {
    reader.wrong("PAIR_INVALID", column, {
      message: "The label is neither good nor bad",
      found: value,
      hint: "Say what it means with --verdict, or leave it empty.",
    });
  }
  return sign;
}

function readAnswer(
  row: JsonObject,
  context: RowContext,
): { prompt: readonly Message[]; completion: readonly Message[] } {
  const conversation = columnOf(context.claim, "conversation");
  if (conversation === undefined) {
    const completion = context.reader.answer(row, columnOf(context.claim, "answer")!);
    return { prompt: readContext(row, context), completion };
  }
  const messages = context.reader.messages(ownMember(row, conversation) ?? null, conversation, "context");
  return { prompt: withSystem(messages.slice(0, -1), row, context), completion: messages.slice(-1) };
}
