import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { DataError } from "@dpo-kit/schema";
import type { Variables } from "../../recipe/expand-variables.ts";
import type { Recipe } from "../../recipe/recipe.ts";

/** A recipe that was read from a file. */
export interface FoundRecipe {
  readonly recipe: Recipe;
  /** Where it is, absolute: its paths are relative to that. */
  readonly folder: string;
}

/**
 * Reads a recipe from a file.
 * @param variables default: the environment of the process.
 * @throws IO_NOT_FOUND IO_UNREADABLE and what `parseRecipe` throws
 */
export async function readRecipe(path: string, variables: Variables = process.env): Promise<FoundRecipe> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const isMissing = cause.code === "ENOENT";
    throw new DataError(isMissing ? "IO_NOT_FOUND" : "IO_UNREADABLE", {
      message: isMissing ? `There is no file ${path}` : `${path} cannot be read: ${cause.message}`,
      location: { source: path },
      cause,
      ...(isMissing ? { hint: "dpo init <input...> writes one." } : {}),
    });
  });
  // YAML and zod take a while to load, and only recipes need them.
  const { parseRecipe } = await import("../../recipe/parse-recipe.ts");
  return { recipe: parseRecipe(text, { source: path, variables }), folder: dirname(resolve(path)) };
}
