import type { CodeDefinition } from "./definition.ts";

/** Codes of preference datasets that are shaped as rows. */
export type PairwiseCode =
  | "PAIRWISE_COLUMN_AMBIGUOUS"
  | "PAIRWISE_COLUMN_UNKNOWN"
  | "PAIRWISE_PROMPT_UNKNOWN"
  | "PAIRWISE_LISTS_UNCLEAR"
  | "PAIRWISE_VERDICT_UNKNOWN"
  | "PAIRWISE_SCORE_UNKNOWN"
  | "PAIRWISE_ROW_NOT_OBJECT"
  | "PAIRWISE_ROW_UNKNOWN"
  | "PAIRWISE_TREE_NOT_READY"
  | "PAIRWISE_SCORE_OPPOSES"
  | "PAIRWISE_SCORE_TIED"
  | "PAIRWISE_PROMPT_DIFFERS"
  | "PAIRWISE_TEMPLATE_KEPT";

export const pairwiseCodes: Record<PairwiseCode, CodeDefinition> = {
  PAIRWISE_COLUMN_AMBIGUOUS: {
    kind: "usage",
    severity: "error",
    title: "Several columns could be meant",
    meaning:
      "More than one column has a name known for the same part of the pair, and they hold different texts. Which is meant is not guessed: a part of the prompt must not be lost silently.",
    fix: "Name the column that is meant with --columns.",
    example: '{"question":"Why?","context":"A text.","chosen":"Because.","rejected":"No."}',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_COLUMN_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "A column that was named is not there",
    meaning: "A flag names a column that none of the first rows has.",
    fix: "Use a name as it is written in the data.",
    example: "dpo convert rows.jsonl --columns prompt=questoin -o train.jsonl",
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_PROMPT_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "Nothing says where the prompt ends and the answers begin",
    meaning:
      "The rows hold two texts without roles in them and no prompt beside them. What two texts begin with in common is no prompt: answers share openings too, and the cut would fall inside words.",
    fix: "Name the prompt's column with --columns prompt=NAME, or the text that ends the prompt with --prompt-delimiter TEXT.",
    example: '{"chosen":"The sky is blue.","rejected":"The sky is green."}',
    source: "https://huggingface.co/docs/trl/dataset_formats#preference",
  },
  PAIRWISE_LISTS_UNCLEAR: {
    kind: "usage",
    severity: "error",
    title: "Lists of texts without a prompt could be alternatives or steps",
    meaning:
      "Beside a prompt the texts of a list are alternative answers. Without one they may be the steps of a single answer.",
    fix: "Name the prompt's column: --columns prompt=NAME.",
    example: '{"chosen":["First.","Then."],"rejected":["First.","No."]}',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_VERDICT_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "Nothing says which value of the verdict means which answer",
    meaning:
      "The same numbers mean opposite things in different datasets: 0 is the first answer in one, a tie in another. The direction of a label is taken from column names that are known, or from you.",
    fix: "Say what the values mean: --verdict label:1=first,2=second,0=tie",
    example: '{"prompt":"Hi","response_a":"Hello","response_b":"No","label":1}',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_SCORE_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "Several scores could decide",
    meaning: "The answers carry more than one score, and they may order them differently.",
    fix: "Name the score that decides: --score NAME",
    example:
      '{"prompt":"Hi","answers":[{"text":"Hello","taste":1,"logic":2},{"text":"No","taste":2,"logic":1}]}',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_ROW_NOT_OBJECT: {
    kind: "rejected",
    severity: "error",
    title: "A row is not an object",
    meaning: "A row holds its columns by name; this one is a list, a text, a number or null.",
    fix: "Remove the row, or look whether the file is what it seems to be.",
    example: '["a","b"]',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_ROW_UNKNOWN: {
    kind: "rejected",
    severity: "error",
    title: "The row is not shaped like the rows before it, nor like any other preference data",
    meaning: "The columns that hold the answers are missing in this row, or hold something else.",
    fix: "Mend or remove the row.",
    example: '{"note":"end of file"}',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_TREE_NOT_READY: {
    kind: "skipped",
    severity: "info",
    title: "The tree of messages was not finished",
    meaning:
      "Its state is not ready_for_export: people were still to write or rank its messages, or it was given up.",
    fix: "Nothing is wrong. Use the export of finished trees if you expected more.",
    example: '{"message_tree_id":"1","tree_state":"growing","prompt":{"text":"Hi","replies":[]}}',
    source: "https://huggingface.co/datasets/OpenAssistant/oasst1",
  },
  PAIRWISE_SCORE_OPPOSES: {
    kind: "note",
    severity: "warning",
    title: "The worse answer has the higher score",
    meaning:
      "The columns name one answer as better, and the scores beside them say the opposite. The pair is kept as it is named: such scores are often placeholders, or another judge's.",
    fix: "Leave such pairs out with --min-margin 0, if the scores are to be believed.",
    example: '{"prompt":"Hi","chosen":"Hello","rejected":"No","score_chosen":2,"score_rejected":7}',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_SCORE_TIED: {
    kind: "note",
    severity: "warning",
    title: "Both answers have the same score",
    meaning:
      "The columns name one answer as better, and the scores beside them are equal. The pair is kept as it is named.",
    fix: "Leave such pairs out with --min-margin and a number above 0.",
    example: '{"prompt":"Hi","chosen":"Hello","rejected":"No","score_chosen":7,"score_rejected":7}',
    source: "https://huggingface.co/datasets/argilla/ultrafeedback-binarized-preferences",
  },
  PAIRWISE_TEMPLATE_KEPT: {
    kind: "note",
    severity: "warning",
    title: "A prompt holds the marks of turns, and does not wholly parse as turns",
    meaning:
      "A prompt that is written out in a chat template or as a transcript becomes messages only where the whole of it parses; this one stays one message of the user, marks and all. A trainer would write its own marks around them.",
    fix: "Look at a few of these prompts. If they are written out by a template that is not known, turn them into messages first.",
    example:
      '{"prompt":"<|im_start|>user\\nHi<|im_end|>\\nand a loose line","chosen":"Hello","rejected":"No"}',
    source: "packages/pairwise/README.md",
  },
  PAIRWISE_PROMPT_DIFFERS: {
    kind: "note",
    severity: "warning",
    title: "The prompt beside two conversations is not in them",
    meaning:
      "Both answers hold their whole conversation, and it decides. The prompt's own column holds neither its first nor its last question.",
    fix: "Look at a few of these rows: the columns may belong to different rows.",
    example:
      '{"prompt":"Bye","chosen":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}],"rejected":[{"role":"user","content":"Hi"},{"role":"assistant","content":"No"}]}',
    source: "packages/pairwise/README.md",
  },
};
