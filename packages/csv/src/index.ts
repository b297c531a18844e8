export { convertCsv } from "./convert-csv.ts";
export type { CsvDialect, CsvDialectOptions, CsvNewline } from "./csv-dialect.ts";
export type { CsvConvertOptions, CsvMappingOptions, CsvPlanOptions, CsvReadOptions } from "./csv-options.ts";
export type { CsvColumn, CsvPlan, CsvPromptSource } from "./csv-plan.ts";
export { type DetectDialectOptions, detectDialect, detectedDelimiters } from "./detect-dialect.ts";
export { type CsvText, planCsv } from "./plan-csv.ts";
export type { PromptTemplate, TemplatePart } from "./prompt-template.ts";
