import type { ChatSummary } from "./chat-summary.ts";
import type { SourcePlan } from "./conversion-plan.ts";
import type { IssueReport } from "./conversion-result.ts";
import type { ConversionStatus } from "./conversion-status.ts";
import { shellWord } from "./options/shell-word.ts";
import type { OutputLayout } from "./output-layout.ts";
import type { PairsRequest } from "./pairs-request.ts";
import type { ValidationRequest } from "./validation-request.ts";

/** What is worth running after a conversion, the most useful first. */
export function nextAfterConversion(
  request: Pick<PairsRequest, "inputs">,
  layout: OutputLayout,
  found: {
    status: ConversionStatus;
    rejects: number;
    lines: number;
    issues: IssueReport;
    chat?: ChatSummary | undefined;
  },
): string[] {
  const { status, rejects, lines, issues, chat } = found;
  const commands: string[] = [];
  const worst = issues.byCode.find(({ severity }) => severity === "error");
  if (rejects > 0 && worst !== undefined) {
    commands.push(`dpo explain ${worst.code}`);
  }
  if (status.noPairs) {
    const inputs = request.inputs.map(shellWord).join(" ");
    const signals = [...(chat?.switchedOff.keys() ?? [])];
    if (signals.length > 0) {
      commands.push(`dpo inspect ${inputs} --signals ${["default", ...signals].join(",")}`);
    } else if (commands.length === 0) {
      commands.push(`dpo inspect ${inputs}`);
    }
  } else if (layout.lines.length > 0 && lines > 0) {
    const files = layout.lines.map(({ path }) => shellWord(path)).join(" ");
    const leakage = layout.lines.length > 1 ? "--leakage " : "";
    commands.push(`dpo validate ${leakage}${files} --target openai,azure,together,fireworks`);
  }
  return commands;
}

/** What is worth running after an inspection: the conversion, as it was planned. */
export function nextAfterInspection(sources: readonly SourcePlan[], flags: readonly string[]): string[] {
  const inputs = sources.map(({ source }) => shellWord(source));
  return [["dpo convert", ...inputs, ...flags, "-o train.jsonl"].join(" ")];
}

const fixable: ReadonlySet<string> = new Set([
  "FILE_BYTE_ORDER_MARK",
  "FILE_CRLF",
  "FILE_BLANK_LINES",
  "FILE_JSON_ARRAY",
  "LINE_OLD_NAMES",
  "OUTPUT_NOT_ARRAY",
  "INPUT_MESSAGES_NOT_ARRAY",
  "TOOL_ARGUMENTS_NOT_TEXT",
  "MESSAGE_ROLE_DEVELOPER",
  "OUTPUT_WEIGHT",
  "LINE_EXTRA_KEY",
]);

const convertible: ReadonlySet<string> = new Set(["LINE_SHAPE_TRL", "LINE_SHAPE_OTHER"]);

/** What is worth running after a validation. */
export function nextAfterValidation(request: ValidationRequest, issues: IssueReport, ok: boolean): string[] {
  const [input] = request.inputs;
  const codes = issues.byCode.map(({ code }) => code);
  const commands: string[] = [];
  if (request.fix !== true && codes.some((code) => fixable.has(code))) {
    commands.push(`dpo validate ${shellWord(input!)} --fix -o fixed.jsonl`);
  }
  if (codes.some((code) => convertible.has(code))) {
    commands.push(`dpo convert ${shellWord(input!)} -o train.jsonl`);
  }
  if (codes.includes("SPLIT_LEAK")) {
    commands.push(`dpo split ${request.inputs.map(shellWord).join(" ")} -o split/`);
  }
  const worst = issues.byCode.find(({ severity }) => severity === "error");
  if (!ok && worst !== undefined) {
    commands.push(`dpo explain ${worst.code}`);
  }
  return commands;
}
