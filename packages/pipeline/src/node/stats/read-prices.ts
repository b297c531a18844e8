import { readFile } from "node:fs/promises";
import { DataError } from "@dpo-kit/schema";
import { readPriceTable, type TrainingPrice, trainingPrices } from "@dpo-kit/stats";

/**
 * The prices in a file of JSON; without one, those that come with dpo-kit.
 * @throws IO_NOT_FOUND RUN_OPTION_INVALID
 */
export async function readPrices(path: string | undefined): Promise<readonly TrainingPrice[]> {
  if (path === undefined) {
    return trainingPrices;
  }
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new DataError("IO_NOT_FOUND", { message: `The prices in ${path} cannot be read`, cause });
  });
  return readPriceTable(parsePrices(text, path));
}

function parsePrices(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `The prices in ${path} are no JSON`,
      hint: 'Give a list of {"provider", "model", "usdPerMillionTokens", "source", "asOf"}.',
      cause,
    });
  }
}
