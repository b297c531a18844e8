export * from "./index.ts";
export { describeFix } from "./node/fixed-copy.ts";
export { inspectInputs } from "./node/inspect-inputs.ts";
export { pushFiles } from "./node/push.ts";
export { reportTargets } from "./node/report-targets.ts";
export { dedupeFiles, splitFiles } from "./node/rewrite-files.ts";
export { runConversion } from "./node/run-conversion.ts";
export { validateFiles } from "./node/validate-files.ts";
