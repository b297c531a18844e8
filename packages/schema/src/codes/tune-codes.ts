import type { CodeDefinition } from "./definition.ts";

/** Codes of fine-tuning jobs. */
export type TuneCode =
  | "TUNE_SETTING_INVALID"
  | "TUNE_SETTING_UNSUPPORTED"
  | "TUNE_ENDED"
  | "TUNE_ENDING"
  | "TUNE_KEY_MISSING"
  | "TUNE_ADDRESS_INVALID"
  | "TUNE_NOT_AUTHORISED"
  | "TUNE_NOT_FOUND"
  | "TUNE_REQUEST_REFUSED"
  | "TUNE_UNREACHABLE"
  | "TUNE_FILE_TOO_LARGE"
  | "TUNE_FILE_REFUSED"
  | "TUNE_JOB_FAILED"
  | "TUNE_JOB_UNKNOWN"
  | "TUNE_NO_RESULTS"
  | "TUNE_STATE_INVALID"
  | "TUNE_IN_USE"
  | "TUNE_NOT_CONFIRMED";

const jobsReference = "https://platform.openai.com/docs/api-reference/fine-tuning/create";
const guide = "docs/tune.md";

export const tuneCodes: Record<TuneCode, CodeDefinition> = {
  TUNE_SETTING_INVALID: {
    kind: "usage",
    severity: "error",
    title: "A setting of the job is out of its range",
    meaning: "The provider would refuse the job after the upload. All settings are checked before it.",
    fix: "Use a value within the range that the message names.",
    example: "dpo tune create train.jsonl --model gpt-4.1-mini-2025-04-14 --beta 3",
    source: jobsReference,
  },
  TUNE_SETTING_UNSUPPORTED: {
    kind: "usage",
    severity: "error",
    title: "The provider has no such setting, or does no such thing",
    meaning: "What would be left out silently is refused instead.",
    fix: "Leave it out, or choose another provider.",
    example: "dpo tune create train.jsonl --provider fireworks --learning-rate-multiplier 2 --model …",
    source: guide,
  },
  TUNE_ENDED: {
    kind: "usage",
    severity: "error",
    title: "The model or the platform takes no new jobs any more",
    meaning: "Its end date has passed: the job would be refused, or its model could not be used.",
    fix: "Choose another model, or train the same file elsewhere: --provider azure, together or fireworks.",
    example: "dpo tune create train.jsonl --model gpt-4.1-nano",
    source: "https://developers.openai.com/api/docs/deprecations",
  },
  TUNE_ENDING: {
    kind: "note",
    severity: "warning",
    title: "The model or the platform ends soon",
    meaning: "A model that is fine-tuned now is shut down with the model it was made of.",
    fix: "The same file trains elsewhere: --provider azure, together or fireworks.",
    example: "a job on gpt-4.1-mini-2025-04-14 in December 2026",
    source: "https://developers.openai.com/api/docs/deprecations",
  },
  TUNE_KEY_MISSING: {
    kind: "usage",
    severity: "error",
    title: "There is no key for the provider",
    meaning: "Keys are read from the environment and are never stored.",
    fix: "Set OPENAI_API_KEY, AZURE_OPENAI_API_KEY, TOGETHER_API_KEY or FIREWORKS_API_KEY.",
    example: "dpo tune list --provider together, with TOGETHER_API_KEY not set",
    source: guide,
  },
  TUNE_ADDRESS_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The address of the provider cannot be used",
    meaning:
      "It must be an https address, save on this machine: a key sent over http could be read on the way.",
    fix: "Give an https address, such as --base-url https://models.example.com/v1",
    example: "dpo tune list --base-url http://models.example.com/v1",
    source: guide,
  },
  TUNE_NOT_AUTHORISED: {
    kind: "usage",
    severity: "error",
    title: "The provider does not accept the key",
    meaning: "It answered 401 or 403: the key is wrong, ended, or may not do this.",
    fix: "Check the key in the environment, and that its project may fine-tune.",
    example: "OPENAI_API_KEY holds the key of a project without fine-tuning",
    source: "https://platform.openai.com/docs/guides/error-codes",
  },
  TUNE_NOT_FOUND: {
    kind: "usage",
    severity: "error",
    title: "The provider knows nothing of that name",
    meaning: "It answered 404: there is no such job, file or model, or the key belongs to another project.",
    fix: "See dpo tune list; check --provider and --base-url.",
    example: "dpo tune status ftjob-gone",
    source: "https://platform.openai.com/docs/guides/error-codes",
  },
  TUNE_REQUEST_REFUSED: {
    kind: "usage",
    severity: "error",
    title: "The provider refused the request",
    meaning: "Trying again would not help: what was asked for must change. The message holds what it said.",
    fix: "Change what the message names, then run the same command again: what is done is not done twice.",
    example: "a model that the provider does not fine-tune with DPO",
    source: "https://platform.openai.com/docs/guides/error-codes",
  },
  TUNE_UNREACHABLE: {
    kind: "usage",
    severity: "error",
    title: "The provider does not answer, or only with passing errors",
    meaning: "It was tried several times, with growing pauses.",
    fix: "Run the same command again later: it goes on where it was, and nothing is uploaded or created twice.",
    example: "the provider answers 503",
    source: guide,
  },
  TUNE_FILE_TOO_LARGE: {
    kind: "usage",
    severity: "error",
    title: "The file is larger than the provider takes",
    meaning: "OpenAI takes 8 GB through Uploads.",
    fix: "Train on a sample: dpo split train.jsonl --sample 50% -o out/",
    example: "a file of 9 GB",
    source: "https://platform.openai.com/docs/api-reference/uploads/create",
  },
  TUNE_FILE_REFUSED: {
    kind: "refusal",
    severity: "error",
    title: "The provider refused the file when it processed it",
    meaning: "The upload arrived, and the check of its content failed. No job was created.",
    fix: "dpo validate <file> --target <provider>; if that finds nothing, see what the provider says.",
    example: "a file with fewer than ten lines at OpenAI",
    source: "https://platform.openai.com/docs/api-reference/files/object",
  },
  TUNE_JOB_FAILED: {
    kind: "refusal",
    severity: "error",
    title: "The job failed, or was cancelled",
    meaning: "No model came of it. Lines that a provider names are counted from 1.",
    fix: "Mend what the message names, and create a job again; with the same file and settings add --force-new.",
    example: "the job failed with invalid_training_file",
    source: "https://platform.openai.com/docs/api-reference/fine-tuning/object",
  },
  TUNE_JOB_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "Which job is meant?",
    meaning:
      "A job is named by its id, or by the file it was created from, which has a state file beside it.",
    fix: "Name a job, as dpo tune list shows it, or the training file.",
    example: "dpo tune watch train.jsonl, before any job was created from it",
    source: guide,
  },
  TUNE_NO_RESULTS: {
    kind: "refusal",
    severity: "error",
    title: "The job has no metrics",
    meaning: "It has not come to its first step yet, failed before, or the provider keeps none.",
    fix: "dpo tune status <job> tells how far it is.",
    example: "dpo tune results of a job that is queued",
    source: guide,
  },
  TUNE_STATE_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The state file cannot be used",
    meaning: "It remembers what was uploaded and created. Without it things might be done twice.",
    fix: "Restore it, or name another with --state. To begin anew, remove it.",
    example: "train.tune.json was edited by hand",
    source: guide,
  },
  TUNE_IN_USE: {
    kind: "usage",
    severity: "error",
    title: "Another command works with this state file",
    meaning: "Two at once would each upload the files and create a job. Nothing was sent.",
    fix: "Wait for the other to end, then run this again: it finds what was created.",
    example: "dpo tune create train.jsonl twice at the same time",
    source: guide,
  },
  TUNE_NOT_CONFIRMED: {
    kind: "usage",
    severity: "error",
    title: "Training costs money, and nobody said yes",
    meaning: "The estimate is shown before anything is uploaded. Nothing was sent.",
    fix: "Add --yes, or run it in a terminal and answer there.",
    example: "dpo tune create train.jsonl --model gpt-4.1-mini-2025-04-14 in a script, without --yes",
    source: guide,
  },
};
