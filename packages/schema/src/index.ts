export { carriedJsonText, carryJson, compactJson, isCarriedJson, rememberJsonText } from "./carried-json.ts";
export {
  type CodeDefinition,
  type CodeKind,
  type CsvCode,
  codeDefinition,
  type IoCode,
  type IssueCode,
  issueCodes,
  type LineCode,
  type PairCode,
  type RunCode,
} from "./codes/index.ts";
export { DataError, type DataErrorDetails } from "./data-error.ts";
export type * from "./example.ts";
export { EXCERPT_LENGTH, excerpt } from "./excerpt.ts";
export { createIssue, formatIssue, type Issue, type IssueDetails, type Severity } from "./issue.ts";
export type { JsonObject, JsonValue } from "./json.ts";
export { escapeLineSeparators, jsonString } from "./json-string.ts";
export { formatLocation, type Location } from "./location.ts";
export { type TransformName, transforms } from "./transforms.ts";
export { isBlank, trimWhiteSpace, WHITE_SPACE } from "./white-space.ts";
