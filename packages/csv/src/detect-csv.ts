import { type SniffedKind, sniffBytes } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { CsvPlanOptions } from "./csv-options.ts";
import { detectDialect } from "./detect-dialect.ts";
import { planCsv } from "./plan-csv.ts";
import type { CsvText } from "./plan-table.ts";

/** How far a text looks like a delimited table of preferences. */
export interface CsvDetection {
  /** 0: it is none. Up to 0.5: a table, whose columns are not known. Above: a table whose columns are. */
  readonly score: number;
  /** Why, in a few words. */
  readonly reason: string;
}

const tableKinds: readonly SniffedKind[] = ["text"];

/**
 * Judges by the beginning of a text whether it is delimited text with preferences in it: a header whose names
 * are known makes a high score, a table that is even a low one. What begins as JSON or HTML is none.
 */
export function detectCsv(text: CsvText, options: CsvPlanOptions = {}): CsvDetection {
  const kind = sniffBytes(text.head);
  if (!tableKinds.includes(kind)) {
    return { score: 0, reason: `it begins as ${kind}` };
  }
  try {
    const { confidence, header } = planCsv(text, options);
    return {
      score: 0.5 + confidence / 2,
      reason: `a header of ${header.length} columns names the parts of a pair`,
    };
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    return tableScore(text, options, error);
  }
}

function tableScore(text: CsvText, options: CsvPlanOptions, error: DataError): CsvDetection {
  if (!error.code.startsWith("CSV_COLUMN") && error.code !== "CSV_DUPLICATE_COLUMN") {
    return { score: 0, reason: error.message };
  }
  const dialect = detectDialect(text.head, text.headIsComplete, options);
  const isOneColumn = dialect.reason.startsWith("no delimiter");
  return isOneColumn
    ? { score: 0.1, reason: dialect.reason }
    : { score: dialect.confidence / 2, reason: dialect.reason };
}
