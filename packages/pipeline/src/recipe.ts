export type { Variables } from "./recipe/expand-variables.ts";
export { type DraftSource, formatRecipe } from "./recipe/format-recipe.ts";
export {
  type ParseRecipeOptions,
  parseRecipe,
  type RecipeResult,
  safeParseRecipe,
} from "./recipe/parse-recipe.ts";
export type { Recipe, RecipeSource, RunOptions, SourceOptions } from "./recipe/recipe.ts";
export { formatRecipeSchema, RECIPE_SCHEMA_ADDRESS, recipeJsonSchema } from "./recipe/recipe-schema.ts";
export { type FieldOf, whereHolds } from "./recipe/where/evaluate-where.ts";
export { parseWhere } from "./recipe/where/parse-where.ts";
export type { Condition, FieldValue, Operand, Where } from "./recipe/where/where.ts";
