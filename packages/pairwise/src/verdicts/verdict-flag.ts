import { DataError } from "@dpo-kit/schema";
import type { VerdictMapping } from "../mapping-options.ts";
import { type Side, verdictText } from "./side.ts";

const mapping = /^(?<column>.+?):(?<values>[^:]*=\s*(?:first|second|tie)\s*(?:,.*)?)$/u;
const oneValue = /^\s*(?<value>.*?)\s*=\s*(?<side>first|second|tie)\s*$/u;

/**
 * Reads `--verdict`.
 *
 * - `label:1=first,2=second,0=tie`: the column, and what its values mean.
 * - `strength:<0=first,>0=second,0=tie`: halves of the number line.
 * - `better_response_id`: this column of several, read by its own rules.
 * - `better_response_id+safer_response_id`: only where both say the same.
 *
 * @throws RUN_OPTION_INVALID
 */
export function parseVerdictFlag(text: string): VerdictMapping {
  const { column, values } = mapping.exec(text)?.groups ?? {};
  if (column === undefined || values === undefined) {
    const isName = text.trim() !== "" && !text.includes("=");
    if (!isName) {
      throw invalid(text);
    }
    return { column: text };
  }
  const meanings = values.split(",").map((each) => parseValue(each, text));
  if (meanings.every(([, side]) => side === "tie")) {
    throw invalid(text);
  }
  return { column, meanings: Object.fromEntries(meanings) };
}

function parseValue(text: string, flag: string): [string, Side] {
  const { value, side } = oneValue.exec(text)?.groups ?? {};
  if (value === undefined || side === undefined) {
    throw invalid(flag);
  }
  return [verdictText(value), side as Side];
}

/** Writes a mapping the way {@link parseVerdictFlag} reads it. */
export function formatVerdictFlag({ column, meanings }: VerdictMapping): string {
  const values = Object.entries(meanings ?? {}).map(([value, side]) => `${value}=${side}`);
  return values.length === 0 ? column : `${column}:${values.join(",")}`;
}

function invalid(found: string): DataError {
  return new DataError("RUN_OPTION_INVALID", {
    message: `--verdict does not say which column, or what its values mean: ${found}`,
    hint: "Write --verdict label:1=first,2=second,0=tie, or the name of a column alone.",
  });
}
