import { knownColumns } from "./known-columns.ts";

/** A page of help that is not about one command. */
export interface HelpTopic {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs are texts, tables are lists of rows. */
  readonly body: readonly (string | readonly (readonly string[])[])[];
}

const exitCodes: HelpTopic = {
  name: "exit-codes",
  summary: "What the exit code of a command says",
  body: [
    [
      [
        "0",
        "Done. Nothing was rejected, or no more than --allow-rejects allows. Skipped records, duplicates and warnings are fine.",
      ],
      [
        "1",
        "The data: records were rejected, no pair came of the input, the input was refused, validate found errors or a prompt in two files, pairs contradict each other (--conflicts error) or are too long (--over error), two datasets differ (diff --exit-code), or near duplicates would take out more than --allow-removal. Everything that could be written was written; a refused input leaves no output.",
      ],
      [
        "2",
        "The call: a wrong option, a missing file, a choice that needs a flag, an output that is already there, a failed download or push, or a bug in dpo-kit.",
      ],
      ["129", "The terminal was closed. No output is left behind."],
      ["130", "Interrupted (Ctrl-C). No output is left behind."],
      ["143", "Terminated. No output is left behind."],
    ],
    "A reader that closes the pipe early, as head does, is no failure: the exit code is 0.",
    "In scripts: `dpo convert in.csv -o out.jsonl --allow-rejects 1%` ends with 0 while at most one record in a hundred is bad.",
  ],
};

const answerNames = knownColumns.answers.map((names) => names.join("/")).join(", ");

const columns: HelpTopic = {
  name: "columns",
  summary: "How columns are found, and how to name them",
  body: [
    "Columns are found by their names; case, spaces and punctuation do not count. The values of a column never decide which answer is the better one. Where more than one column could be meant, dpo stops and shows the flag to type.",
    [
      [
        "prompt",
        `What both answers reply to. Needed, unless messages or --prompt-template is given. Known names: ${knownColumns.prompt.join(", ")}.`,
      ],
      [
        "preferred",
        `The better answer; chosen is another name of the role. Needed. Known names, with those of the worse: ${answerNames}.`,
      ],
      ["non_preferred", "The worse answer; rejected is another name of the role. Needed."],
      [
        "system",
        `Becomes a system message; --system gives one text to all pairs. Known names: ${knownColumns.system.join(", ")}.`,
      ],
      [
        "messages",
        `The conversation so far, as JSON; history is another name of the role. Known names: ${knownColumns.messages.join(", ")}.`,
      ],
      ["tools", `Function definitions, as JSON. Known names: ${knownColumns.tools.join(", ")}.`],
    ],
    "These are the usual names; dpo inspect shows which columns of a file were recognised, and as what.",
    "Name them yourself: --columns prompt=question,preferred=best,non_preferred=worst",
    "A name may hold commas and equals signs: a new part begins only where a role and an equals sign follow a comma. --columns may be repeated.",
    "Compose a prompt of several columns: --prompt-template '{title}\\n\\n{body}'. \\n and \\t are understood; a brace that is meant as such is written twice.",
  ],
};

const output: HelpTopic = {
  name: "output",
  summary: "Which files are written, and where",
  body: [
    "-o decides. It is a folder if it ends in /, is one, or does not end in .jsonl, .jsonl.gz or .jsonl.zst.",
    [
      [
        "-o out/",
        "out/train.jsonl, with --split also out/validation.jsonl and out/test.jsonl; out/rejects.jsonl, out/removed.jsonl, out/manifest.json, with --provenance out/provenance.jsonl",
      ],
      [
        "-o train.jsonl",
        "train.jsonl, train.rejects.jsonl, train.removed.jsonl, train.manifest.json, with --provenance train.provenance.jsonl",
      ],
      [
        "-o -",
        "Lines on standard output, everything else on standard error; no side files unless they are named with --rejects, --removed and --manifest",
      ],
      ["no -o", "As -o -, if standard output is not a terminal"],
    ],
    "Files are written beside their place and renamed when all are complete, the manifest last: an output is complete when its manifest is there and the sizes in it match. Nothing is overwritten without --force.",
    "A rejects file holds one line for each rejected record: code, message, hint, location, and the record, with personal fields hashed. It is written only if something was rejected. A removed file holds one line for each pair that --against, --conflicts, --dedupe, --near or --max-pairs-per-prompt took out: reason, by (which of them), at (where it comes from), kept (what stands in its place, and how alike they are) and line.",
    "--json prints one object instead of the summary: on standard output, or with -o - as the last line of standard error. Each command prints the same members first, empty where they do not apply, and so does a command that fails:",
    [
      ["schema", "dpo-kit/result@1; to this shape members are only ever added"],
      ["command", "convert, inspect, validate, dedupe, split, push, explain or formats"],
      ["ok, exitCode", "Whether the exit code is 0, and which it is"],
      [
        "ledgers",
        "Of convert, dedupe and split: units, records, comparisons and pairs, each a sum that adds up",
      ],
      ["transforms", "What was changed, each by its name with its count; of validate what --fix mended"],
      ["outputs", "The files that were written: kind, path, lines, bytes, digest"],
      [
        "issues",
        "byCode counts all: code, severity, title, count. first holds the first 20 of each code: code, severity, source, line, column, path, message, hint, expected, found, target, ordinal, byteOffset; null where one is not known",
      ],
      ["next", "Commands worth running next, ready to paste"],
      ["error", "Only of a failure: code, message, hint, source, line, column, path, ordinal, byteOffset"],
      ["plan", "Of convert, and with previews of the pairs of inspect and convert --dry-run"],
      [
        "accepted, duplicates",
        "Of convert, dedupe and split: lines that each provider takes; repeated pairs",
      ],
      ["conflicts", "Of convert and dedupe with --conflicts: contradictions by kind"],
      ["proof", "Of a split: how many prompts are in each file, and in more than one"],
      ["leakage", "Of validate --leakage: which files have prompts in common"],
      ["files, targets", "Of validate: what was found in each file; the providers it was checked for"],
      ["destination, pushed, cardText", "Of push: where to; commit, parent, page and card; the card itself"],
      ["codes, formats", "Of explain; of formats"],
      ["elapsedSeconds", "Of convert, validate and push"],
    ],
  ],
};

/** Every topic, in the order of help. */
export const helpTopics: readonly HelpTopic[] = [columns, output, exitCodes];

/** The topic of that name. */
export function findTopic(name: string): HelpTopic | undefined {
  return helpTopics.find((topic) => topic.name === name);
}
