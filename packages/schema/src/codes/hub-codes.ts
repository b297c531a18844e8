import type { CodeDefinition } from "./definition.ts";

/** Codes of datasets on the Hugging Face Hub. */
export type HubCode =
  | "HUB_ADDRESS_INVALID"
  | "HUB_ENDPOINT_INVALID"
  | "HUB_TOKEN_INVALID"
  | "HUB_CARD_INVALID"
  | "HUB_CHOICE_NEEDED"
  | "HUB_CHOICE_UNKNOWN"
  | "HUB_NO_DATA_FILES"
  | "HUB_SPLIT_NAME_INVALID"
  | "HUB_FILE_NAME_INVALID"
  | "HUB_SPLIT_UNCLEAR"
  | "HUB_NOT_TABULAR"
  | "HUB_DIVERGED"
  | "HUB_CARD_FOREIGN"
  | "HUB_PUSH_FAILED";

const datasetStructure = "https://huggingface.co/docs/hub/datasets-data-files-configuration";

export const hubCodes: Record<HubCode, CodeDefinition> = {
  HUB_ADDRESS_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The hf:// address is not one of a dataset",
    meaning:
      "An address names the owner and the dataset, and may name a revision and a file, folder or pattern.",
    fix: "Write hf://datasets/OWNER/NAME, hf://datasets/OWNER/NAME@REVISION or hf://datasets/OWNER/NAME/PATH.",
    example: "hf://datasets/HuggingFaceH4/ultrafeedback_binarized@main/data/train_prefs-*.parquet",
    source: "https://huggingface.co/docs/huggingface_hub/guides/hf_file_system",
  },
  HUB_ENDPOINT_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The address of the Hub cannot be used",
    meaning: "HF_ENDPOINT must be an https address: a token sent over http could be read on the way.",
    fix: "Set HF_ENDPOINT to an https address, or unset it to use https://huggingface.co.",
    example: "HF_ENDPOINT=http://hub.example.com dpo convert hf://datasets/OWNER/NAME -o train.jsonl",
    source: "https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables#hfendpoint",
  },
  HUB_TOKEN_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The token holds characters that no token has",
    meaning:
      "A token is one word of ASCII characters; a line break or a quote was most often copied with it.",
    fix: "Copy the token again from https://huggingface.co/settings/tokens.",
    example: "HF_TOKEN='hf_… copied' dpo convert hf://datasets/OWNER/NAME -o train.jsonl",
    source: "https://huggingface.co/docs/hub/security-tokens",
  },
  HUB_CARD_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The dataset card cannot be understood",
    meaning:
      "The YAML at the head of README.md says which files belong to which split. It is broken, so which files are meant is not guessed.",
    fix: "Name the files in the address: hf://datasets/OWNER/NAME/data/*.parquet",
    example: "---\nconfigs: [\n---\n# My dataset",
    source: datasetStructure,
  },
  HUB_CHOICE_NEEDED: {
    kind: "usage",
    severity: "error",
    title: "The dataset has several parts, and none was chosen",
    meaning:
      "Configurations may have other columns, and splits are kept apart for a reason; neither is mixed unasked.",
    fix: "Choose with --config NAME and --hub-split NAME.",
    example: "a dataset of train_prefs.parquet and test_prefs.parquet, without --hub-split",
    source: datasetStructure,
  },
  HUB_CHOICE_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "The dataset has no configuration or split of that name",
    meaning:
      "The names come from the dataset card, or from the names of the files where the card lists none.",
    fix: "Use a name from the list in the message.",
    example: "dpo convert hf://datasets/OWNER/NAME --hub-split tset -o train.jsonl",
    source: datasetStructure,
  },
  HUB_NO_DATA_FILES: {
    kind: "usage",
    severity: "error",
    title: "The dataset has no files of a format that is read",
    meaning:
      "Parquet, Arrow, JSON Lines, JSON, CSV and TSV are read; what a loading script would make is not.",
    fix: "Try the Hub's own Parquet copy: hf://datasets/OWNER/NAME@refs/convert/parquet",
    example: "a dataset of README.md and a loading script",
    source: "https://huggingface.co/docs/dataset-viewer/parquet",
  },
  HUB_SPLIT_NAME_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The Hub takes no split of that name",
    meaning: "The name of a split is words of letters, digits and underscores, joined by dots.",
    fix: "Rename the split, for example to train, validation or test.",
    example: "train-v2",
    source: "https://github.com/huggingface/datasets/blob/main/src/datasets/naming.py",
  },
  HUB_FILE_NAME_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The file cannot have that path in a dataset",
    meaning:
      "A path is relative, names each file once, is not that of the card, and holds none of the characters of patterns: the card lists files by pattern.",
    fix: "Use a path such as data/train.jsonl.",
    example: "data/../train.jsonl",
    source: "packages/hub/README.md",
  },
  HUB_SPLIT_UNCLEAR: {
    kind: "usage",
    severity: "error",
    title: "The names of the files do not tell their splits",
    meaning: "A dataset is made of splits. Which one a file belongs to is read off its name.",
    fix: "Name the files train.jsonl, validation.jsonl or test.jsonl, or give one split for all with --hub-split.",
    example: "dpo push good.jsonl test.jsonl hf://datasets/OWNER/NAME",
    source: datasetStructure,
  },
  HUB_NOT_TABULAR: {
    kind: "refusal",
    severity: "error",
    title: "The lines do not fit into the columns of a Parquet file",
    meaning:
      "A column has one type. A content that is a text in one message and a list of parts in another has none.",
    fix: "Push JSON Lines: leave out --parquet.",
    example: '{"role":"user","content":[{"type":"text","text":"Hi"}]}',
    source: "https://github.com/apache/parquet-format/blob/master/LogicalTypes.md",
  },
  HUB_DIVERGED: {
    kind: "usage",
    severity: "error",
    title: "The dataset changed since it was last seen",
    meaning:
      "Another commit stands where the push was to be added. Nothing was pushed, so that nothing is lost.",
    fix: "Look at what changed on the page of the dataset, then push again.",
    example: "a push to a dataset that somebody committed to since",
    source: "packages/hub/README.md",
  },
  HUB_CARD_FOREIGN: {
    kind: "usage",
    severity: "error",
    title: "The dataset has a card that was written by someone else",
    meaning:
      "The README.md there was not written by dpo-kit, or was changed since. It is not replaced unasked.",
    fix: "Push to another dataset, or replace the card with --replace-card.",
    example: "a push to a dataset whose README.md was written on the web page",
    source: "packages/hub/README.md",
  },
  HUB_PUSH_FAILED: {
    kind: "usage",
    severity: "error",
    title: "The Hub did not take the commit",
    meaning: "A push is one commit: none of its files is there.",
    fix: "See what the Hub answered, and push again.",
    example: "the Hub answered 400: Invalid metadata in README.md",
    source: "packages/hub/README.md",
  },
};
