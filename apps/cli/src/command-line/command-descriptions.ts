/** A command as help, completion and the reference know it. */
export interface CommandDescription {
  readonly name: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What follows `dpo`. */
  readonly usage: string;
  /** Ready to paste; shown before everything else. */
  readonly examples: readonly { readonly run: string; readonly does: string }[];
  /** What an operand is, for the message that one is missing. Absent where none is needed. */
  readonly needs?: string;
  /** What the operands are completed with. */
  readonly operands: "files" | "shells" | "commands" | "codes" | "none";
  /** Paragraphs under the examples. */
  readonly detail: readonly string[];
}

/** Every command, in the order of help. Kept apart from the code of the commands, so that help is fast. */
export const commandDescriptions: readonly CommandDescription[] = [
  {
    name: "convert",
    summary: "Convert preference data to DPO training files, checked",
    usage: "convert <input...> -o <out> [options]",
    examples: [
      { run: "dpo convert feedback.csv -o train.jsonl", does: "one file" },
      {
        run: "dpo convert feedback.csv -o train.jsonl --columns prompt=question,preferred=best,non_preferred=worst",
        does: "name the columns",
      },
      { run: "dpo convert 'exports/*.csv' -o out/", does: "many files into a folder" },
      {
        run: "dpo convert hf://datasets/HuggingFaceH4/ultrafeedback_binarized --hub-split train_prefs -o out/",
        does: "a dataset of the Hugging Face Hub",
      },
      { run: "dpo convert feedback.csv --dry-run", does: "only look at the plan" },
      { run: "cat feedback.csv.gz | dpo convert - -o - | wc -l", does: "in a pipe" },
    ],
    needs: "an input: a file, a pattern, an address, or - for standard input",
    operands: "files",
    detail: [
      "The format, delimiter, encoding and columns are found and shown. Lines that break the canonical schema or OpenAI's rules are never written; --target adds the rules of other providers. No valid pair is removed unless an option asks for it. The summary goes to standard error.",
      "More: dpo help columns, dpo help output, dpo help exit-codes",
    ],
  },
  {
    name: "inspect",
    summary: "Show what the input is, how it would be converted, three pairs",
    usage: "inspect <input...> [options]",
    examples: [
      { run: "dpo inspect feedback.csv", does: "the plan, and three pairs side by side" },
      { run: "dpo inspect feedback.csv --json", does: "the same for a program" },
    ],
    needs: "an input: a file, a pattern, an address, or - for standard input",
    operands: "files",
    detail: [
      "Shows what was found out about each input and why, which column plays which part, what would be changed, what would be left out, and three pairs side by side. Reads the start of each input and writes nothing.",
    ],
  },
  {
    name: "validate",
    summary: "Check training files by the rules of the providers; mend them",
    usage: "validate <file...> [options]",
    examples: [
      { run: "dpo validate train.jsonl", does: "OpenAI's rules" },
      { run: "dpo validate train.jsonl --target openai,azure,together,fireworks", does: "all providers" },
      { run: "dpo validate train.jsonl --fix -o fixed.jsonl", does: "write a mended copy" },
      { run: "dpo validate train.jsonl --sarif issues.sarif", does: "for code review tools" },
      { run: "dpo validate --leakage train.jsonl validation.jsonl", does: "no prompt in both" },
    ],
    needs: "a file: canonical JSON Lines, or - for standard input",
    operands: "files",
    detail: ["Only errors make it end with 1. The report goes to standard output."],
  },
  {
    name: "dedupe",
    summary: "Take repeated, similar and contradictory pairs out of training files",
    usage: "dedupe <file...> -o <out> [options]",
    examples: [
      { run: "dpo dedupe train.jsonl -o clean.jsonl", does: "equal lines" },
      {
        run: "dpo dedupe train.jsonl -o clean.jsonl --dedupe normalised --near 0.8",
        does: "similar ones too",
      },
      { run: "dpo dedupe train.jsonl -o clean.jsonl --conflicts drop", does: "no contradictions" },
      {
        run: "dpo dedupe train.jsonl -o clean.jsonl --against eval.jsonl",
        does: "nothing of a held-out file",
      },
    ],
    needs: "a file: canonical JSON Lines, or - for standard input",
    operands: "files",
    detail: [
      "Lines are carried as they stand, in their order; of equal ones the first is kept. What is taken out goes to a file beside the output, with the reason and the place of the line that is kept. dpo convert takes the same options.",
    ],
  },
  {
    name: "split",
    summary: "Split training files so that no prompt is in two of the parts",
    usage: "split <file...> -o <folder> [options]",
    examples: [
      { run: "dpo split train.jsonl -o out/", does: "90 % train, 10 % validation" },
      { run: "dpo split train.jsonl -o out/ --split train=0.8,validation=0.1,test=0.1", does: "three files" },
      { run: "dpo split train.jsonl -o out/ --split-by near", does: "similar prompts stay together" },
      { run: "dpo validate --leakage out/train.jsonl out/validation.jsonl", does: "the proof" },
    ],
    needs: "a file: canonical JSON Lines, or - for standard input",
    operands: "files",
    detail: [
      "Where a pair goes depends on its prompt and the seed alone, so that rows that are added later move no old one. Lines are carried as they stand. dpo convert takes the same options.",
    ],
  },
  {
    name: "stats",
    summary: "Tell what is in training files: lengths, biases, repeats, secrets, cost",
    usage: "stats <file...> [options]",
    examples: [
      { run: "dpo stats train.jsonl", does: "one file" },
      { run: "dpo stats out/", does: "all splits of a run" },
      { run: "dpo stats train.jsonl --model gpt-4.1-mini --epochs 3", does: "tokens and cost for a model" },
      { run: "dpo stats train.jsonl --no-tokens", does: "without tokens: much faster" },
      { run: "dpo stats train.jsonl --issues found.jsonl", does: "every place of every finding" },
    ],
    needs: "a file: canonical JSON Lines, the folder of a run, or - for standard input",
    operands: "files",
    detail: [
      "What should be looked at comes first, with what to do about it; findings do not change the exit code. Secrets are shown by their first four characters. Sources and models are told apart where a provenance file lies beside the file (--provenance of dpo convert). What each figure means: docs/stats.md.",
    ],
  },
  {
    name: "diff",
    summary: "Compare two datasets: added, removed, flipped, moved pairs; drift of lengths",
    usage: "diff <old> <new> [options]",
    examples: [
      { run: "dpo diff old.jsonl new.jsonl", does: "two files" },
      { run: "dpo diff out-1/ out-2/", does: "two runs, with the splits of each" },
      { run: "dpo diff old.jsonl new.jsonl --exit-code -q", does: "for scripts: 1 where they differ" },
    ],
    needs: "two datasets: each a file, a pattern in quotes, or the folder of a run",
    operands: "files",
    detail: [
      "Pairs are the same where prompt and answers are, but for case and white space; their order does not count. Pairs move between splits only where both are folders of runs. Memory is bounded by --memory; the rest is sorted on disk.",
    ],
  },
  {
    name: "export",
    summary: "Export training files to other trainers: SFT, KTO, TRL, LLaMA-Factory, Gemini",
    usage: "export <file...> --to <targets> -o <folder> [options]",
    examples: [
      { run: "dpo export train.jsonl --to trl -o out/", does: "to out/trl/train.jsonl" },
      { run: "dpo export out/ --to trl,llama-factory -o exports/", does: "what a run wrote, split by split" },
      { run: "dpo export train.jsonl --to sft --fraction 0.3 -o out/", does: "30 % of the prompts" },
      { run: "dpo export train.jsonl --to trl --parquet -o out/", does: "as Parquet" },
      { run: "dpo export train.jsonl --to axolotl --plan", does: "what would be lost" },
    ],
    needs: "a file: canonical JSON Lines, or the folder of a run",
    operands: "files",
    detail: [
      "Each target gets a folder, with a file for each split. What a target cannot hold is a loss with a name, told and counted; examples that it cannot hold at all are left out, with the reason. --strict makes an error of both. What each target keeps and loses: docs/exports.md.",
      "Tools and arguments keep the digits of their numbers and the order of their keys. --fraction takes whole prompts: with --complement the same command gives the others.",
    ],
  },
  {
    name: "push",
    summary: "Push training files to a dataset on the Hugging Face Hub, with a card",
    usage: "push <file...> hf://datasets/<owner>/<name>[@branch] [options]",
    examples: [
      { run: "dpo push out/ hf://datasets/me/pairs --create private", does: "what a run wrote" },
      { run: "dpo push train.jsonl validation.jsonl hf://datasets/me/pairs", does: "files, split by name" },
      { run: "dpo push train.jsonl hf://datasets/me/pairs --parquet", does: "as Parquet" },
      { run: "dpo push out/ hf://datasets/me/pairs --dry-run", does: "only look" },
    ],
    needs: "files or the folder of a run, and then hf://datasets/<owner>/<name>",
    operands: "files",
    detail: [
      "All files are checked first; where a line breaks the canonical schema or OpenAI's rules, nothing is pushed. Files and dataset card go up in one commit, on the head that was seen: if anybody commits meanwhile, nothing is pushed. The token is read from HF_TOKEN or from the file that hf auth login wrote.",
    ],
  },
  {
    name: "tune",
    summary: "Upload training files and run DPO jobs, or supervised and then DPO, at a provider",
    usage: "tune <create|sft-then-dpo|watch|list|status|cancel|checkpoints|results> [file | job] [options]",
    examples: [
      { run: "dpo tune create train.jsonl --model gpt-4.1-mini-2025-04-14 --beta 0.1", does: "a DPO job" },
      { run: "dpo tune create train.jsonl --model gpt-4.1-mini-2025-04-14 --dry-run", does: "only look" },
      {
        run: "dpo tune sft-then-dpo data.jsonl --model gpt-4.1-mini-2025-04-14 --sft-fraction 0.3",
        does: "preferred answers first, then DPO from that model",
      },
      { run: "dpo tune watch train.jsonl", does: "its last job, or one by its id" },
      { run: "dpo tune results train.jsonl -o metrics.csv", does: "metrics as CSV, and a chart as SVG" },
    ],
    needs: "something to do, such as create or watch, and a file or a job",
    operands: "files",
    detail: [
      "Files are checked by the provider's rules first, and what training costs is shown before anything is spent; where nobody can be asked, --yes is needed. What was uploaded and created is remembered in a small file beside the training file, so that an interrupted command neither uploads twice nor starts a second job.",
      "Keys are read from OPENAI_API_KEY, AZURE_OPENAI_API_KEY (with AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_VERSION), TOGETHER_API_KEY and FIREWORKS_API_KEY (with FIREWORKS_ACCOUNT_ID). They are never shown or stored. A job that failed ends watch and sft-then-dpo with 1.",
    ],
  },
  {
    name: "run",
    summary: "Convert many sources as a recipe says; goes on where it was ended",
    usage: "run <recipe.yaml> [options]",
    examples: [
      { run: "dpo run recipe.yaml", does: "all of it, or what is left of it" },
      { run: "dpo run recipe.yaml --plan", does: "only look" },
      { run: "dpo init 'feedback/*.csv' -o recipe.yaml", does: "write a recipe first" },
    ],
    needs: "a recipe; dpo init <input...> writes one",
    operands: "files",
    detail: [
      "A recipe names sources, each with options, conditions and columns of its own, and what is done with the pairs of all of them. Its paths are relative to it. Everything wrong with it is told at once, with lines and columns.",
      "Each source is kept in .dpo-run beside the outputs as soon as it is finished: a run that was ended at any moment, begun again, does only the rest, and ends in the same bytes. A source that is refused does not keep the others from being written: the exit code is then 1, the manifest says that the output is not complete, and the next run reads only that source.",
    ],
  },
  {
    name: "init",
    summary: "Write a recipe for dpo run, with comments, for any inputs",
    usage: "init <input...> [-o recipe.yaml] [options]",
    examples: [
      { run: "dpo init feedback.csv 'logs/*.jsonl'", does: "to recipe.yaml" },
      { run: "dpo init feedback.csv -o -", does: "only look" },
    ],
    needs: "an input: a file, a pattern in quotes, or an address",
    operands: "files",
    detail: [
      "Writes down what dpo inspect finds out about each input, and in comments what can be asked for. Editors that know YAML schemas complete and check its keys.",
    ],
  },
  {
    name: "formats",
    summary: "List the formats that are read",
    usage: "formats [options]",
    examples: [{ run: "dpo formats", does: "what --from takes" }],
    operands: "none",
    detail: [],
  },
  {
    name: "explain",
    summary: "Tell what a code means, and what to do about it",
    usage: "explain <CODE...> [options]",
    examples: [{ run: "dpo explain CSV_RAGGED_ROW", does: "meaning, fix, example, source" }],
    needs: "a code, such as CSV_RAGGED_ROW; summaries and reports name it",
    operands: "codes",
    detail: ["Upper and lower case are the same."],
  },
  {
    name: "completion",
    summary: "Print a completion script for a shell",
    usage: "completion <bash|zsh|fish>",
    examples: [
      { run: 'eval "$(dpo completion bash)"', does: "in ~/.bashrc" },
      { run: 'eval "$(dpo completion zsh)"', does: "in ~/.zshrc, after compinit" },
      { run: "dpo completion fish | source", does: "in ~/.config/fish/config.fish" },
    ],
    needs: "a shell: bash, zsh or fish",
    operands: "shells",
    detail: [],
  },
  {
    name: "help",
    summary: "Show help for a command or a topic",
    usage: "help [command | topic]",
    examples: [
      { run: "dpo help convert", does: "a command" },
      { run: "dpo help exit-codes", does: "a topic" },
    ],
    operands: "commands",
    detail: [],
  },
];

/** The command of that name. */
export function findCommand(name: string): CommandDescription | undefined {
  return commandDescriptions.find((command) => command.name === name);
}
