import type {
  SftThenDpoRequest,
  TuneJobRequest,
  TunePlace,
  TuneResultsRequest,
} from "@dpo-kit/pipeline/node";
import { flagName } from "@dpo-kit/pipeline/options";
import { DataError } from "@dpo-kit/schema";
import type { CommandLine } from "./parse-command-line.ts";

/** What `dpo tune` can be asked to do. */
export type TuneAction =
  | "create"
  | "sft-then-dpo"
  | "watch"
  | "list"
  | "status"
  | "cancel"
  | "checkpoints"
  | "results";

/** All of them, in the order of help. */
export const tuneActions: readonly TuneAction[] = [
  "create",
  "sft-then-dpo",
  "watch",
  "list",
  "status",
  "cancel",
  "checkpoints",
  "results",
];

/** Options that every action takes. */
const common = ["provider", "baseUrl", "state", "json", "quiet", "color", "progress"];
const creating = [
  ...common,
  ...["validation", "model", "beta", "epochs", "batchSize", "learningRateMultiplier", "learningRate"],
  ...["suffix", "seed", "metadata", "wandb", "forceNew", "yes", "dryRun", "prices", "pollInterval"],
];

const optionsOfAction: Readonly<Record<TuneAction, readonly string[]>> = {
  create: creating,
  "sft-then-dpo": [...creating, "sftFraction", "sftPrompts"],
  watch: [...common, "pollInterval"],
  list: common,
  status: common,
  cancel: common,
  checkpoints: common,
  results: [...common, "output", "force"],
};

/**
 * The action that a command line names first, and its operand.
 * @throws RUN_OPTION_INVALID
 */
export function tuneAction({ operands, values }: CommandLine): { action: TuneAction; operand: string } {
  const [first, operand = "", ...more] = operands;
  const action = tuneActions.find((each) => each === first);
  const takes = action === "list" ? 0 : 1;
  if (action === undefined || (takes === 1 && operand === "") || operands.length > takes + 1) {
    throw usageError(action, action === "list" ? operand : more[0]);
  }
  const wrong = Object.keys(values).find((name) => !optionsOfAction[action].includes(name));
  if (wrong !== undefined) {
    const owners = tuneActions.filter((each) => optionsOfAction[each].includes(wrong));
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--${flagName(wrong)} says nothing to dpo tune ${action}`,
      hint: `It belongs to: ${owners.map((each) => `dpo tune ${each}`).join(", ")}`,
    });
  }
  return { action, operand };
}

function usageError(action: TuneAction | undefined, surplus: string | undefined): DataError {
  const operand = action === "create" || action === "sft-then-dpo" ? "<file>" : "<job | file>";
  const what =
    action === undefined
      ? `dpo tune needs something to do: ${tuneActions.join(", ")}`
      : surplus === undefined || surplus === ""
        ? `dpo tune ${action} needs ${operand}`
        : `dpo tune ${action} takes no ${JSON.stringify(surplus)}`;
  return new DataError("RUN_OPTION_INVALID", {
    message: what,
    hint: "For instance: dpo tune create train.jsonl --model gpt-4.1-mini-2025-04-14",
  });
}

/** What `dpo tune create` and `sft-then-dpo` ask of the pipeline. */
export function tuneCreateRequest({ values }: CommandLine, training: string): SftThenDpoRequest {
  return { ...values, training } as SftThenDpoRequest;
}

/** What the actions on a job ask of the pipeline. */
export function tuneJobRequest({ values }: CommandLine, job: string): TuneJobRequest & TuneResultsRequest {
  return { ...values, job } as TuneJobRequest & TuneResultsRequest;
}

/** What `dpo tune list` asks of the pipeline. */
export function tunePlace({ values }: CommandLine): TunePlace {
  return values as TunePlace;
}
