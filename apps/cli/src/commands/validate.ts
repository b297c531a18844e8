import type { ValidationResult } from "@dpo-kit/pipeline/node";
import { shellWord } from "@dpo-kit/pipeline/options";
import { DataError } from "@dpo-kit/schema";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { validationRequest } from "../command-line/requests.ts";
import { suggestOutput } from "../command-line/suggest-output.ts";
import { issueList } from "../report/issue-list.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { type ReportContext, validationReport } from "../report/validation-report.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command, CommandContext } from "./command.ts";
import { jsonStream } from "./output-choice.ts";
import { requireOperands } from "./require-operands.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo validate`: the report to standard output, or to standard error where the mended lines go there. */
export const run: Command = async (line, context) => {
  requireOperands(line);
  checkFixOptions(line);
  const { describeFix, validateFiles } = await import("@dpo-kit/pipeline/node");
  const watched = watchRun(line, context);
  try {
    const result = await validateFiles(validationRequest(line), watched.environment);
    watched.finish();
    report(result, { line, context, elapsed: watched.elapsed(), describeFix });
    return result.exitCode;
  } finally {
    watched.finish();
  }
};

function checkFixOptions({ values, operands }: CommandLine): void {
  const { fix, fixDropUnknown, output } = values;
  if (fix === true && output === undefined) {
    const file = shellWord(suggestOutput(operands, "fixed"));
    throw new DataError("RUN_OUTPUT_UNCLEAR", {
      message: "--fix writes a mended copy: where to?",
      hint: `dpo validate ${operands.map(shellWord).join(" ")} --fix -o ${file}`,
    });
  }
  if (fix !== true && (output !== undefined || fixDropUnknown === true)) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `${output === undefined ? "--fix-drop-unknown" : "-o"} belongs to --fix`,
      hint: "Add --fix to write a mended copy, or use --issues <file> to write the issues.",
    });
  }
}

function report(
  result: ValidationResult,
  { line, context, ...known }: ReportContext & { line: CommandLine; context: CommandContext },
): void {
  const stream = jsonStream(line, context.terminal);
  if (line.values.json === true) {
    const { fixes, ...found } = result;
    const elapsedSeconds = Math.round(known.elapsed) / 1000;
    stream.write(jsonLine(resultJson({ ...found, transforms: fixes, elapsedSeconds })));
    return;
  }
  const visible = visibleCopy(result);
  if (line.values.quiet === true) {
    const byCode = visible.issues.byCode.filter(({ severity }) => severity === "error");
    stream.lines(issueList({ byCode, first: visible.issues.first }, { groups: 20, each: 5 }, stream));
    return;
  }
  stream.lines(validationReport(visible, known, stream));
}
