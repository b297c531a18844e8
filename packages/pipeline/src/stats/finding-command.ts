import type { Finding } from "@dpo-kit/stats";
import { shellWord } from "../options/shell-word.ts";

/** The command that acts on a finding, ready to paste; undefined where somebody has to look, or change the data. */
export function findingCommand(
  { code }: Pick<Finding, "code">,
  inputs: readonly string[],
): string | undefined {
  const files = inputs.map(shellWord).join(" ");
  switch (code) {
    case "LINE_DUPLICATE":
      return `dpo dedupe ${files} -o clean.jsonl`;
    case "LINE_REVERSED":
      return `dpo dedupe ${files} -o clean.jsonl --conflicts drop`;
    case "AUDIT_LONG_PAIRS":
      return `dpo dedupe ${files} -o short.jsonl --dedupe off --max-tokens 1024`;
    default:
      return undefined;
  }
}
