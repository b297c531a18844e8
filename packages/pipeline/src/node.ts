export * from "./index.ts";
export { diffFiles } from "./node/diff/diff-files.ts";
export { exportFiles } from "./node/export/export-files.ts";
export { describeFix } from "./node/fixed-copy.ts";
export { inspectInputs } from "./node/inspect-inputs.ts";
export { pushFiles } from "./node/push.ts";
export { type InitRequest, initRecipe } from "./node/recipe/init-recipe.ts";
export { planRecipe, type RecipePlan } from "./node/recipe/plan-recipe.ts";
export { type RunRecipeOptions, runRecipe } from "./node/recipe/run-recipe.ts";
export { reportTargets } from "./node/report-targets.ts";
export { dedupeFiles, splitFiles } from "./node/rewrite-files.ts";
export { runConversion } from "./node/run-conversion.ts";
export { collectFileStatistics } from "./node/stats/collect-file-statistics.ts";
export {
  tuneCreate,
  tuneList,
  tuneMetrics,
  tuneSftThenDpo,
  tuneStatus,
  tuneWatch,
} from "./node/tune/tune.ts";
export { validateFiles } from "./node/validate-files.ts";
