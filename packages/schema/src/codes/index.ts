import { type AuditCode, auditCodes } from "./audit-codes.ts";
import { type ChatCode, chatCodes } from "./chat-codes.ts";
import { type ChatReasonCode, chatReasonCodes } from "./chat-reason-codes.ts";
import { type CsvCode, csvCodes } from "./csv-codes.ts";
import { type DedupeCode, dedupeCodes } from "./dedupe-codes.ts";
import type { CodeDefinition } from "./definition.ts";
import { type ExportCode, exportCodes } from "./export-codes.ts";
import { type HubCode, hubCodes } from "./hub-codes.ts";
import { type IoCode, ioCodes } from "./io-codes.ts";
import { type LineCode, lineCodes } from "./line-codes.ts";
import { type PairCode, pairCodes } from "./pair-codes.ts";
import { type PairwiseCode, pairwiseCodes } from "./pairwise-codes.ts";
import { type RecipeCode, recipeCodes } from "./recipe-codes.ts";
import { type RunCode, runCodes } from "./run-codes.ts";
import { type SplitCode, splitCodes } from "./split-codes.ts";
import { type TuneCode, tuneCodes } from "./tune-codes.ts";

export type { CodeDefinition, CodeKind } from "./definition.ts";
export type { ExportLossCode, ExportOmissionCode } from "./export-codes.ts";
export type {
  AuditCode,
  ChatCode,
  CsvCode,
  DedupeCode,
  ExportCode,
  HubCode,
  IoCode,
  LineCode,
  PairCode,
  PairwiseCode,
  RecipeCode,
  RunCode,
  SplitCode,
  TuneCode,
};

/** Every code that any package of dpo-kit reports. Codes are stable: one is never given another meaning. */
export type IssueCode =
  | LineCode
  | IoCode
  | CsvCode
  | PairCode
  | PairwiseCode
  | HubCode
  | ChatCode
  | DedupeCode
  | SplitCode
  | ChatReasonCode
  | AuditCode
  | ExportCode
  | RecipeCode
  | RunCode
  | TuneCode;

/** The one registry of codes: what each means, what it does to a record, and how to put it right. */
export const issueCodes: Readonly<Record<IssueCode, CodeDefinition>> = {
  ...lineCodes,
  ...ioCodes,
  ...csvCodes,
  ...pairCodes,
  ...pairwiseCodes,
  ...hubCodes,
  ...chatCodes,
  ...chatReasonCodes,
  ...dedupeCodes,
  ...splitCodes,
  ...auditCodes,
  ...exportCodes,
  ...recipeCodes,
  ...runCodes,
  ...tuneCodes,
};

/** The definition of a code. */
export function codeDefinition(code: IssueCode): CodeDefinition {
  return issueCodes[code];
}
