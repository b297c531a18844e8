import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { createOutputSet } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import type { ReadingRequest, RunEnvironment } from "../../conversion-request.ts";
import type { DraftSource } from "../../recipe/format-recipe.ts";
import type { SourceOptions } from "../../recipe/recipe.ts";
import { inspectInputs } from "../inspect-inputs.ts";
import { writeStdout } from "../write-stdout.ts";

/** What a recipe is to be written of. */
export interface InitRequest extends SourceOptions {
  readonly inputs: readonly string[];
  /** A file, or `-` for standard output. */
  readonly output: string;
  readonly force?: boolean;
}

/**
 * Writes a recipe with comments for any inputs: what each is, how it would be read, and what can be asked for. Gives
 * its text.
 *
 * @throws what the plan of a conversion throws; RUN_OPTION_INVALID IO_OUTPUT_EXISTS IO_WRITE_FAILED
 */
export async function initRecipe(
  { inputs, output, force = false, ...options }: InitRequest,
  environment: RunEnvironment = {},
): Promise<string> {
  if (inputs.includes("-")) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "Standard input is no source of a recipe: it cannot be read again",
      hint: "Write it to a file first.",
    });
  }
  const files = createOutputSet({ force });
  if (output !== "-") {
    await files.check([output]);
  }
  const folder = output === "-" ? "." : dirname(output);
  const sources: DraftSource[] = [];
  for (const input of inputs) {
    const request: ReadingRequest = { ...options, inputs: [input] };
    const { plan } = await inspectInputs(request, environment);
    sources.push({ from: pathFrom(folder, input), options, plans: plan.sources });
  }
  const { formatRecipe } = await import("../../recipe/format-recipe.ts");
  const text = formatRecipe(sources);
  const bytes = new TextEncoder().encode(text);
  if (output === "-") {
    await (environment.writeStdout ?? writeStdout)(bytes);
    return text;
  }
  try {
    await (await files.open(output)).write(bytes);
    await files.commit();
  } catch (error) {
    await files.abort();
    throw error;
  }
  return text;
}

/** A path as the recipe has it. Addresses, and paths from the root, are the same everywhere. */
function pathFrom(folder: string, input: string): string {
  if (/^[a-z][a-z0-9+.-]+:/iu.test(input) || isAbsolute(input)) {
    return input;
  }
  return relative(resolve(folder), resolve(input)).split(sep).join("/") || ".";
}
