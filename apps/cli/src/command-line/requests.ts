import type {
  ConversionRequest,
  DiffRequest,
  ExportRequest,
  PushRequest,
  ReadingRequest,
  RewritingRequest,
  StatisticsRequest,
  ValidationRequest,
} from "@dpo-kit/pipeline/node";
import type { CommandLine } from "./parse-command-line.ts";

/** Options that say how a command speaks, not what is done. */
const presentation: ReadonlySet<string> = new Set(["json", "quiet", "progress", "color", "dryRun"]);

/** What `dpo convert` asks of the pipeline. */
export function conversionRequest(line: CommandLine, output: string): ConversionRequest {
  return { ...work(line), inputs: line.operands, output } as ConversionRequest;
}

/** What `dpo dedupe` and `dpo split` ask of the pipeline. */
export function rewritingRequest(line: CommandLine, output: string): RewritingRequest {
  return { ...work(line), inputs: line.operands, output } as RewritingRequest;
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

/** What `dpo stats` asks of the pipeline. */
export function statisticsRequest(line: CommandLine): StatisticsRequest {
  return { ...work(line), inputs: line.operands } as StatisticsRequest;
}

/** What `dpo diff` asks of the pipeline, of its two operands. */
export function diffRequest(line: CommandLine): DiffRequest {
  const [old, fresh] = line.operands;
  return { ...work(line), old, new: fresh } as DiffRequest;
}

/** What `dpo export` asks of the pipeline; only a plan is without a folder. */
export function exportRequest(line: CommandLine): ExportRequest {
  return { output: "out/", ...work(line), inputs: line.operands } as unknown as ExportRequest;
}

/** What `dpo push` asks of the pipeline: the last operand is where to. */
export function pushRequest(line: CommandLine, tool: string): PushRequest {
  const dryRun = line.values.dryRun === true;
  const [inputs, destination] = [line.operands.slice(0, -1), line.operands.at(-1)!];
  return { ...work(line), inputs, destination, dryRun, tool } as PushRequest;
}

function work({ values }: CommandLine): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !presentation.has(name)));
}
