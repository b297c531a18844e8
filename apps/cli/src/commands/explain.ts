import { closestNames } from "@dpo-kit/pipeline/options";
import { codeDefinition, codeOfReason, DataError, type IssueCode, issueCodes } from "@dpo-kit/schema";
import { isIssueCode } from "../report/describe-code.ts";
import { explanation } from "../report/explanation.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { visibleLine } from "../terminal/visible-text.ts";
import type { Command } from "./command.ts";
import { requireOperands } from "./require-operands.ts";

/** `dpo explain`: what a code means, and what to do about it. */
export const run: Command = async (line, { terminal }) => {
  const codes = requireOperands(line).map(findCode);
  if (line.values.json === true) {
    const entries = codes.map((code) => ({ code, ...codeDefinition(code) }));
    terminal.out.write(jsonLine(resultJson({ command: "explain", ok: true, exitCode: 0, codes: entries })));
  } else {
    const pages = codes.map((code) => explanation(code, terminal.out));
    terminal.out.lines(pages.flatMap((page, index) => (index === 0 ? page : ["", ...page])));
  }
  return 0;
};

/** The code that was typed, or that of a reason as ledgers count it: `no-verdict`. */
function findCode(typed: string): IssueCode {
  const ofReason = codeOfReason(typed.toLowerCase());
  if (ofReason !== undefined) {
    return ofReason;
  }
  const code = typed.toUpperCase().replaceAll("-", "_");
  if (isIssueCode(code)) {
    return code;
  }
  const near = closestNames(code, Object.keys(issueCodes));
  throw new DataError("RUN_OPTION_INVALID", {
    message: `There is no code ${visibleLine(typed)}`,
    hint:
      near.length === 0
        ? `Codes begin with ${codePrefixes().join(", ")}.`
        : `Did you mean ${near.join(", ")}?`,
  });
}

function codePrefixes(): string[] {
  return [...new Set(Object.keys(issueCodes).map((code) => code.slice(0, code.indexOf("_") + 1)))].sort();
}
