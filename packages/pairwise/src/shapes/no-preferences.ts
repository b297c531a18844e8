import { columnSynonyms, normaliseColumnName } from "@dpo-kit/preference";
import { onlyNamesAnswers } from "../named-answers.ts";
import type { ColumnSummary, RowSample } from "../row-sample.ts";
import type { PairwiseShape } from "../shape.ts";

/** Why rows hold no preferences, and one thing to do instead. */
interface Reason {
  readonly why: string;
  readonly advice: string;
  /** Whether the values tell it, and not only the names of the columns. Default: false. */
  readonly isSure?: true;
  /** Whether the rows are of that kind. */
  readonly is: (sample: RowSample) => boolean;
}

const needsWorse = "Add a worse answer to each row, or use the file for supervised fine-tuning.";
const otherNames =
  "If answers stand in columns of other names: --columns preferred=NAME,non_preferred=NAME. Else:";

const reasons: readonly Reason[] = [
  {
    why: "the columns named as better and worse only tell which answers those are, and the answers are not known",
    advice:
      "Name the columns with the texts: --columns preferred=NAME,non_preferred=NAME; or join the texts first.",
    isSure: true,
    is: (sample) => onlyNamesAnswers(sample, {}),
  },
  {
    why: "the rows judge the steps of one answer, not two answers",
    advice: "Use a dataset that compares whole answers; steps are for process reward models.",
    isSure: true,
    is: (sample) =>
      has(sample, ["completions", "steps", "solution_steps"], ["texts"]) &&
      has(sample, ["labels", "ratings", "label", "step_labels"], ["list", "numbers"]),
  },
  {
    why: "the rows hold token ids instead of texts",
    advice: "Convert the dataset as it was before it was tokenised.",
    isSure: true,
    is: (sample) => sample.columns.some((column) => isTokens(column)),
  },
  {
    why: "the rows judge answers that stand in other files",
    advice: "Join them first: one row with the prompt, both answers and the winner.",
    isSure: true,
    // FastChat's judgements of MT-Bench, and those of Arena-Hard.
    is: (sample) => has(sample, ["g1_winner"], ["text"]) || has(sample, ["games"], ["objects"]),
  },
  {
    why: "the rows hold the names of images instead of texts",
    advice: "Use rows with the texts themselves: preference lines are text only.",
    isSure: true,
    is: ({ columns, rows }) => {
      const texts = columns.filter(({ kind }) => kind === "text");
      const files = texts.filter(({ name }) => rows.every((row) => isImageName(row[name])));
      return files.length > 1 && files.length === texts.length;
    },
  },
  {
    why: "the rows hold a prompt and several answers, and nothing that says which is better",
    advice: "Add a rank or a score for each answer, or name its column with --score.",
    is: (sample) =>
      hasPrompt(sample) &&
      sample.columns.some(({ name, kind }) => isAnswerList(name) && (kind === "texts" || kind === "objects")),
  },
  {
    why: "the rows hold one conversation each, with no worse answer to its last message",
    advice: needsWorse,
    is: (sample) =>
      has(
        sample,
        ["messages", "conversations", "conversation", "dialogue", "dialog"],
        ["messages", "messages-text", "turns"],
      ) || has(sample, ["transcript"], ["text"]),
  },
  {
    why: "the rows hold one answer to each prompt, and a preference needs two",
    advice: `${otherNames} add a worse answer to each row, or use the file for supervised fine-tuning.`,
    is: (sample) =>
      hasPrompt(sample) &&
      has(
        sample,
        ["completion", "response", "output", "answer", "target", "assistant"],
        ["text", "message", "messages"],
      ),
  },
  {
    why: "the rows hold prompts without answers",
    advice: `${otherNames} have a model answer each prompt twice, and say which answer is better.`,
    is: hasPrompt,
  },
  {
    why: "the rows hold texts without a prompt or a second answer",
    advice: "Use a dataset with two answers to each prompt.",
    is: ({ columns }) => columns.length === 1 && columns[0]!.kind === "text",
  },
];

/** Rows that surely hold no preferences: supervised examples, prompts alone, answers nobody judged, token ids. */
export const noPreferences: PairwiseShape = {
  id: "no-preferences",
  title: "Rows without preferences: supervised examples, prompts, answers nobody judged",
  family: "N",
  standsAlone: true,
  detect(sample) {
    const reason = sample.rows.length === 0 ? undefined : reasons.find(({ is }) => is(sample));
    const confidence = reason?.isSure === true ? 0.6 : 0.3;
    return reason && { confidence, why: reason.why, advice: reason.advice, mapping: [] };
  },
  compare: () => ({ skipped: "no-preferences" }),
};

function has(sample: RowSample, names: readonly string[], kinds: readonly unknown[]): boolean {
  const folded = names.map(normaliseColumnName);
  return sample.columns.some(
    ({ name, kind }) => folded.includes(normaliseColumnName(name)) && kinds.includes(kind),
  );
}

const promptNames: ReadonlySet<string> = new Set(
  [...columnSynonyms.prompt, ...columnSynonyms.messages].map(({ name }) => normaliseColumnName(name)),
);

function hasPrompt({ columns }: RowSample): boolean {
  return columns.some(
    ({ name, kind }) =>
      kind !== "numbers" && kind !== undefined && promptNames.has(normaliseColumnName(name)),
  );
}

function isTokens({ name, kind }: ColumnSummary): boolean {
  return kind === "numbers" && /(?:input_ids|labels|tokens|^query$|^sample\d+$|attention_mask)/u.test(name);
}

function isAnswerList(name: string): boolean {
  return /(?:answer|response|completion|generation|candidate|output|sample)/iu.test(name);
}

function isImageName(value: unknown): boolean {
  return typeof value === "string" && /\.(?:png|jpe?g|webp|gif|bmp)$/iu.test(value);
}
