import type { PairTree } from "@dpo-kit/chat";
import type { DecodedText } from "@dpo-kit/io";
import type { Outcome, Pair } from "@dpo-kit/preference";
import type { AssistantMessage, Message, TransformName } from "@dpo-kit/schema";
import type { PreviewPair, SourcePlan } from "../conversion-plan.ts";
import type { FormatPlan } from "../formats/pipeline-format.ts";

/** What the beginning of a source tells of the whole. */
export type Preview = Pick<SourcePlan, "preview" | "sample" | "transforms" | "notes">;

/** How many records of the beginning are looked at for a preview. */
export const PREVIEWED_RECORDS = 200;
const PREVIEWED_PAIRS = 3;
/** How much of the beginning is looked at first, in bytes: a preview must come at once. */
const PREVIEWED_BYTES = 256 * 1024;

/**
 * What the first records of a text give. The last record of a cut sample may be incomplete and is not judged; where
 * that leaves none, all that is known of the beginning is looked at.
 */
export async function previewText(text: DecodedText, plan: FormatPlan, source: string): Promise<Preview> {
  const preview = await previewHead(text, plan, { source, bytes: PREVIEWED_BYTES });
  const { complete, records } = preview.sample;
  return records > 0 || complete ? preview : previewHead(text, plan, { source, bytes: text.head.length });
}

function previewHead(
  text: DecodedText,
  plan: FormatPlan,
  { source, bytes }: { source: string; bytes: number },
): Promise<Preview> {
  const head = text.head.subarray(0, bytes);
  const complete = text.headIsComplete && head.length === text.head.length;
  return previewOutcomes(
    (onPairTree) => plan.convert(head, { source, limit: PREVIEWED_RECORDS + 1, onPairTree }),
    { isComplete: () => complete, planned: plan.transforms },
  );
}

/** How outcomes are previewed. */
export interface PreviewOptions {
  /** Whether they are of all there is, unless there are too many. Asked when all were read. */
  readonly isComplete: () => boolean;
  /** What is changed in any case. */
  readonly planned?: readonly TransformName[];
}

/**
 * What the first outcomes of a source show. What is changed in them is told beside what is planned, and where pairs
 * are of a tree of messages, the branch of each.
 */
export async function previewOutcomes(
  convert: (onPairTree: (tree: PairTree | undefined) => void) => AsyncIterable<Outcome>,
  { isComplete, planned = [] }: PreviewOptions,
): Promise<Preview> {
  const outcomes: Outcome[] = [];
  const trees: (PairTree | undefined)[] = [];
  for await (const outcome of convert((tree) => trees.push(tree))) {
    outcomes.push(outcome);
  }
  const whole = isComplete() && outcomes.length <= PREVIEWED_RECORDS;
  const judged = whole ? outcomes : outcomes.slice(0, firstCutOff(outcomes));
  const of = (kind: Outcome["kind"]): number => judged.filter((outcome) => outcome.kind === kind).length;
  const pairs = judged.flatMap((outcome) =>
    outcome.kind === "pairs" ? outcome.pairs.map((pair) => previewPair(pair, outcome.at.line)) : [],
  );
  const made = judged.flatMap((outcome) => (outcome.kind === "pairs" ? outcome : []));
  const changes = made.flatMap((outcome) => outcome.pairs.flatMap(({ transforms }) => transforms));
  return {
    transforms: [...new Set([...planned, ...changes])],
    notes: made.flatMap(({ notes = [] }) => notes),
    preview: pairs.slice(0, PREVIEWED_PAIRS).map((pair, index) => withTree(pair, trees[index])),
    sample: {
      records: judged.length,
      pairs: pairs.length,
      rejected: of("rejected"),
      skipped: of("skipped"),
      complete: whole,
    },
  };
}

function withTree(pair: PreviewPair, tree: PairTree | undefined): PreviewPair {
  return tree === undefined ? pair : { ...pair, tree };
}

/** The last record of a cut sample may be incomplete; a quote open at its end says that it is, and where. */
function firstCutOff(outcomes: readonly Outcome[]): number {
  const open = outcomes.findIndex(
    (outcome) => outcome.kind === "rejected" && outcome.issues[0]?.code === "CSV_UNCLOSED_QUOTE",
  );
  return open === -1 ? outcomes.length - 1 : open;
}

function previewPair({ example }: Pair, line: number | undefined): PreviewPair {
  const { messages } = example.input;
  const labelled = messages.length > 1;
  return {
    ...(line === undefined ? {} : { line }),
    prompt: messages
      .map((message) => (labelled ? `[${message.role}] ${shownText(message)}` : shownText(message)))
      .join("\n"),
    preferred: example.preferred_output.map(shownText).join("\n"),
    nonPreferred: example.non_preferred_output.map(shownText).join("\n"),
  };
}

function shownText(message: Message | AssistantMessage): string {
  const { content } = message;
  const text =
    typeof content === "string"
      ? content
      : (content ?? []).map((part) => (part.type === "text" ? part.text : part.refusal)).join("\n");
  const calls = message.role === "assistant" ? (message.tool_calls ?? []) : [];
  return [text, ...calls.map((call) => `${call.function.name}(${call.function.arguments})`)]
    .filter(Boolean)
    .join("\n");
}
