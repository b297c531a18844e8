import { DataError, type Issue } from "@dpo-kit/schema";

/** The error of several problems of a recipe: it says the first, and holds all. */
export function recipeError(issues: readonly Issue[]): DataError {
  const { code, message, location, hint } = issues[0]!;
  return new DataError(code, { message, location, hint, issues });
}
