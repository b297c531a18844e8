import type { JobPlan } from "./server-options.ts";
import { findFile, type State, type StoredJob } from "./state.ts";

type Failure = NonNullable<JobPlan["fails"]>;

/** What a line has to hold, and what else it may hold, by method. */
const keysOf = {
  dpo: { required: ["input", "preferred_output", "non_preferred_output"], optional: [] },
  supervised: { required: ["messages"], optional: ["tools", "parallel_tool_calls", "functions"] },
} as const;

/**
 * What a job's validation of its files finds, in the words of the service.
 * Ten examples: https://developers.openai.com/api/docs/guides/direct-preference-optimization
 */
export function examineTrainingFile(state: State, job: StoredJob): Failure | undefined {
  const { validationFile } = job;
  const failure = examine(state, job, job.trainingFile);
  if (failure !== undefined || validationFile === undefined) {
    return failure;
  }
  const other = examine(state, job, validationFile);
  return other && { ...other, code: other.code.replace("training", "validation"), param: "validation_file" };
}

function examine(state: State, job: StoredJob, fileId: string): Failure | undefined {
  const file = findFile(state, fileId);
  if (file === undefined) {
    return { code: "invalid_training_file", message: `File ${fileId} is gone.` };
  }
  const examples = examplesOf(file.content);
  const wrong = examineExamples(examples, job.method);
  if (wrong !== undefined) {
    const message = `The job failed due to an invalid training file. Invalid file format. Example ${wrong}`;
    return { code: "invalid_training_file", message };
  }
  if (
    fileId === job.trainingFile &&
    state.options.provider !== "together" &&
    examples.length < fewest(state)
  ) {
    const message = `Training file has ${examples.length} example(s), but must have at least ${fewest(state)} examples`;
    return { code: "invalid_n_examples", message };
  }
  return undefined;
}

/** The lines of a file that are not blank. */
export function examplesOf(content: Buffer): string[] {
  const lines = content.toString("utf8").split("\n");
  return lines.filter((line) => line.trim() !== "");
}

/** The number of the first example that does not fit the method, and what is wrong with it. */
export function examineExamples(
  examples: readonly string[],
  method: StoredJob["method"],
): string | undefined {
  for (const [at, example] of examples.entries()) {
    const message = examineLine(example, method);
    if (message !== undefined) {
      return `${at + 1} ${message}`;
    }
  }
  return undefined;
}

/** Three with Fireworks: https://docs.fireworks.ai/fine-tuning/dpo-fine-tuning */
const fewest = ({ options }: State): number => (options.provider === "fireworks" ? 3 : 10);

function examineLine(line: string, method: StoredJob["method"]): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "cannot be parsed. Error: line contains invalid json";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return "is not a JSON dictionary";
  }
  const { required, optional } = keysOf[method];
  const known = new Set<string>([...required, ...optional]);
  const missing = required.find((key) => !Object.hasOwn(value, key));
  const extra = Object.keys(value).find((key) => !known.has(key));
  return missing === undefined ? extra && `contains an extra "${extra}".` : `is missing key '${missing}'`;
}
