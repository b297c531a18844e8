import type { ConversionRequest, ReadingRequest, ValidationRequest } from "@dpo-kit/pipeline/node";
import type { CommandLine } from "./parse-command-line.ts";

/** Options that say how a command speaks, not what is done. */
const presentation: ReadonlySet<string> = new Set(["json", "quiet", "progress", "color", "dryRun"]);

/** What `dpo convert` asks of the pipeline. */
export function conversionRequest(line: CommandLine, output: string): ConversionRequest {
  return { ...work(line), inputs: line.operands, output } as ConversionRequest;
}

/** What `dpo inspect` and `dpo convert --dry-run` ask of the pipeline. */
export function readingRequest(line: CommandLine): ReadingRequest {
  const { output: _output, ...reading } = work(line);
  return { ...reading, inputs: line.operands } as ReadingRequest;
}

/** What `dpo validate` asks of the pipeline. */
export function validationRequest(line: CommandLine): ValidationRequest {
  return { ...work(line), inputs: line.operands } as ValidationRequest;
}

function work({ values }: CommandLine): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !presentation.has(name)));
}
