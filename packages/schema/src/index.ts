export { carriedJsonText, carryJson, compactJson, isCarriedJson, rememberJsonText } from "./carried-json.ts";
export {
  type CodeDefinition,
  type CodeKind,
  type CsvCode,
  codeDefinition,
  type ExportCode,
  type ExportLossCode,
  type ExportOmissionCode,
  type HubCode,
  type IoCode,
  type IssueCode,
  issueCodes,
  type LineCode,
  type PairCode,
  type PairwiseCode,
  type RunCode,
} from "./codes/index.ts";
export { codeOfReason, type Reason, reasonCodes } from "./codes/reason-codes.ts";
export { DataError, type DataErrorDetails } from "./data-error.ts";
export type * from "./example.ts";
export { excerpt } from "./excerpt.ts";
export {
  type FixChange,
  type FixName,
  type FixOptions,
  type FixResult,
  fixExample,
  fixes,
} from "./fix-example.ts";
export { formatFileRules, formatRules, schemaCodes } from "./format-rules.ts";
export { createIssue, describeIssue, formatIssue, type Issue, type IssueDetails } from "./issue.ts";
export type { JsonObject, JsonValue } from "./json.ts";
export { memberPath } from "./json-path.ts";
export { escapeLineSeparators, jsonString } from "./json-string.ts";
export { jsonText } from "./json-text.ts";
export { formatLocation, type Location } from "./location.ts";
export { type ParsedExample, parseExample, safeParseExample } from "./parse-example.ts";
export { type KnownShape, type RecognisedShape, recogniseShape } from "./recognise-shape.ts";
export { findReservedToken } from "./reserved-tokens.ts";
export type { LineParts } from "./rules/line-parts.ts";
export type { Report, ReportDetails } from "./rules/report.ts";
export type { FileCheck, FileFacts, FileRule, LineCheck, LineRule, RuleOrigin } from "./rules/rule.ts";
export { isSameText } from "./same-text.ts";
export type { Severity } from "./severity.ts";
export { targetIds, targets } from "./targets/index.ts";
export type { Target, TargetId, TargetNote } from "./targets/target.ts";
export { type TransformName, transforms } from "./transforms.ts";
export { acceptedBy, DEFAULT_TARGETS, type ValidateOptions, validateExample } from "./validate-example.ts";
export { validateFile } from "./validate-file.ts";
export { hasLoneSurrogate, hasLoneSurrogateWithin } from "./well-formed.ts";
export { isBlank, isWhiteSpace, trimWhiteSpace, WHITE_SPACE } from "./white-space.ts";
