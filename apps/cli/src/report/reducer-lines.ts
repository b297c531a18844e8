import type { ConversionPlan, ConversionResult, SplitProof } from "@dpo-kit/pipeline";
import { countOf, formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** What pairs went through on their way to the files, and that no prompt is in two of these. */
export function reducerLines(
  { plan, conflicts, proof }: Pick<ConversionResult, "plan" | "conflicts" | "proof">,
  style: TextStyle,
): string[] {
  const found = [
    ...(conflicts === undefined ? [] : [["conflicts", conflictText(conflicts)]]),
    ...(proof === undefined ? [] : [["prompts", proofText(proof, style)]]),
  ];
  return formatTable([...plannedRows(plan), ...found], { width: style.width });
}

function conflictText(counts: NonNullable<ConversionResult["conflicts"]>): string {
  return [
    countOf(counts.contradiction, "contradiction"),
    countOf(counts.cycle, "cycle"),
    `${formatCount(counts["same-answer"])} with the same answer twice`,
  ].join(", ");
}

/** The steps behind reading, in their order. */
export function plannedLines(plan: ConversionPlan, { width }: TextStyle): string[] {
  return formatTable(plannedRows(plan), { width });
}

function plannedRows({ reducers }: ConversionPlan): string[][] {
  return reducers.map(({ title, secondPass }, index) => [
    index === 0 ? "then" : "",
    secondPass ? `${title} (second pass)` : title,
  ]);
}

function proofText({ prompts, shared }: SplitProof, { palette }: TextStyle): string {
  const counts = [...prompts].map(([file, count]) => `${formatCount(count)} in ${file}`).join(", ");
  const found =
    shared === 0
      ? palette.success("no prompt is in two files")
      : palette.warning(`${countOf(shared, "prompt")} ${shared === 1 ? "is" : "are"} in more than one file`);
  return `${counts}: ${found}`;
}
