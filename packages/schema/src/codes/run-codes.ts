import type { CodeDefinition } from "./definition.ts";

/** Codes of a run as a whole. */
export type RunCode =
  | "RUN_FORMAT_UNKNOWN"
  | "RUN_NO_PREFERENCES"
  | "RUN_NO_PAIRS"
  | "RUN_OPTION_INVALID"
  | "RUN_OUTPUT_UNCLEAR"
  | "RUN_STOPPED"
  | "RUN_UNBALANCED"
  | "RUN_FOLDER_INCOMPLETE"
  | "RUN_INTERNAL"
  | "LINE_DUPLICATE"
  | "LINE_REVERSED";

export const runCodes: Record<RunCode, CodeDefinition> = {
  RUN_FORMAT_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "The format of the input is not recognised",
    meaning: "No reader claims it by its content.",
    fix: "Say what it is with --from; `dpo formats` lists what is read.",
    example: '{"id":1,"name":"Oslo"}',
    source: "docs/formats.md",
  },
  RUN_NO_PREFERENCES: {
    kind: "refusal",
    severity: "error",
    title: "The input holds no preferences",
    meaning: "It was read and understood, and nothing in it says that one answer is better than another.",
    fix: "Look at it with `dpo inspect`.",
    example: '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}',
    source: "docs/cli.md",
  },
  RUN_NO_PAIRS: {
    kind: "refusal",
    severity: "error",
    title: "No pair came of the input",
    meaning: "Records were read, and none of them gave a pair.",
    fix: "See the counts above, or look at the input with `dpo inspect`.",
    example: "prompt,chosen,rejected\nHi,Hello,Hello",
    source: "docs/cli.md",
  },
  RUN_OPTION_INVALID: {
    kind: "usage",
    severity: "error",
    title: "An option cannot be used like that",
    meaning: "Its value is not one it takes, or it contradicts another option.",
    fix: "See `dpo help`.",
    example: "dpo convert feedback.csv -o train.jsonl --limit many",
    source: "docs/cli.md",
  },
  RUN_OUTPUT_UNCLEAR: {
    kind: "usage",
    severity: "error",
    title: "Where should the output go?",
    meaning: "Without -o lines go to standard output only if that is not a terminal.",
    fix: "Name a file or a folder: -o train.jsonl",
    example: "dpo convert feedback.csv",
    source: "docs/cli.md",
  },
  RUN_STOPPED: {
    kind: "refusal",
    severity: "error",
    title: "Stopped at the first invalid record",
    meaning: "You asked for that with --on-invalid stop. No output was written.",
    fix: "Mend the record, or use --on-invalid reject to go on and collect such records.",
    example: "dpo convert feedback.csv -o train.jsonl --on-invalid stop",
    source: "docs/cli.md",
  },
  RUN_UNBALANCED: {
    kind: "usage",
    severity: "error",
    title: "The ledgers of this run do not balance",
    meaning:
      "Some record is not accounted for. This is a bug in dpo-kit, not in your file; no output was written.",
    fix: "Please report it with the command you ran.",
    example: "100 records read; 90 converted, 4 skipped and 5 rejected, which are 99",
    source: "docs/architecture.md",
  },
  RUN_FOLDER_INCOMPLETE: {
    kind: "usage",
    severity: "error",
    title: "The folder is not that of a finished run",
    meaning:
      "A run writes its manifest last: a folder is complete when its manifest is there and the sizes in it match. What is not complete, or was changed since, is not taken for the outputs of the run.",
    fix: "Run dpo convert again with -o <folder>/ --force, or name the files that are meant.",
    example: "dpo push out/ hf://datasets/OWNER/NAME, where out/ has no manifest.json",
    source: "docs/architecture.md",
  },
  RUN_INTERNAL: {
    kind: "usage",
    severity: "error",
    title: "Something went wrong inside dpo-kit",
    meaning: "This is a bug in dpo-kit, not in your file.",
    fix: "Please report it with the command you ran; DPO_DEBUG=1 prints the trace.",
    example: "DPO_DEBUG=1 dpo convert feedback.csv -o train.jsonl",
    source: "docs/cli.md",
  },
  LINE_DUPLICATE: {
    kind: "note",
    severity: "info",
    title: "The line is the same as an earlier one",
    meaning:
      "Repeated lines weigh more in training than they are meant to. They are kept: no valid pair is removed unless you ask.",
    fix: "Remove it if it is there by mistake.",
    example: "lines 3 and 8 of a file are the same",
    source: "https://arxiv.org/abs/2107.06499",
  },
  LINE_REVERSED: {
    kind: "note",
    severity: "warning",
    title: "The pair states the opposite of an earlier one",
    meaning:
      "The same prompt with the same two answers, preferred the other way round: the two pull the model in opposite directions.",
    fix: "Look at both, and keep the one that is right.",
    example: "line 3 prefers Yes to No, and line 8 prefers No to Yes, for the same prompt",
    source: "docs/keys.md",
  },
};
