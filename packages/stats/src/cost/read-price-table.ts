import { DataError, excerpt } from "@dpo-kit/schema";
import type { TrainingPrice } from "./price-table.ts";

/**
 * Reads a table of prices that the user gives in place of ours: a list of objects as {@link TrainingPrice}.
 *
 * @throws RUN_OPTION_INVALID
 */
export function readPriceTable(value: unknown): TrainingPrice[] {
  if (!Array.isArray(value)) {
    throw invalid("prices", "a list of prices", value);
  }
  return value.map((row, index) => readRow(row, `prices[${index}]`));
}

function readRow(row: unknown, path: string): TrainingPrice {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw invalid(path, "an object", row);
  }
  const text = (name: string): string => {
    const value = own(row, name);
    if (typeof value !== "string" || value === "") {
      throw invalid(`${path}.${name}`, "a text", value);
    }
    return value;
  };
  const price = own(row, "usdPerMillionTokens");
  if (typeof price !== "number" || !Number.isFinite(price) || price < 0) {
    throw invalid(`${path}.usdPerMillionTokens`, "a number from 0", price);
  }
  return {
    provider: text("provider"),
    model: text("model"),
    usdPerMillionTokens: price,
    source: text("source"),
    asOf: text("asOf"),
  };
}

function own(row: object, name: string): unknown {
  return Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : undefined;
}

function invalid(path: string, expected: string, found: unknown): DataError {
  return new DataError("RUN_OPTION_INVALID", {
    message: `${path} must be ${expected}, and is ${excerpt(found)}`,
    hint: 'Give each price as {"provider", "model", "usdPerMillionTokens", "source", "asOf"}.',
  });
}
