export type { Outcome, Pair, PairsOutcome, RejectedOutcome, SkippedOutcome } from "@dpo-kit/batch";
export { carriedMember, memberJsonText } from "./carried-members.ts";
export {
  type ColumnCandidate,
  type ColumnConfidence,
  type ColumnFinding,
  type ColumnFindings,
  columnFlag,
  templateFlag,
} from "./column-findings.ts";
export {
  type ColumnRole,
  type ColumnSynonym,
  columnFlagNames,
  columnRoles,
  columnRoleTitles,
  columnSynonyms,
  type SynonymStrength,
} from "./column-synonyms.ts";
export type { Candidate, Comparison, Verdict } from "./comparison.ts";
export { type ColumnOverrides, findColumns } from "./find-columns.ts";
export { type GatherEntry, type GatheredGroup, type GatherStore, gather } from "./gather.ts";
export {
  havePartedEarly,
  type JoinedAnswers,
  joinContext,
  joinConversations,
  type PartedConversations,
  takeContext,
} from "./join-conversations.ts";
export { looksLikeMessage, looksLikeMessages } from "./looks-like-messages.ts";
export { capPairs, combineMadePairs, type MadePairs } from "./made-pairs.ts";
export { MAXIMUM_COMPARISONS, type MakePairsOptions, makePairs } from "./make-pairs.ts";
export { type MemoryStoreOptions, memoryStore } from "./memory-store.ts";
export type { NormaliseOptions } from "./message-report.ts";
export { messageRefusal, messageText } from "./message-text.ts";
export { normaliseColumnName } from "./normalise-column-name.ts";
export {
  type NormalisedMessages,
  type NormaliseMessagesOptions,
  normaliseMessages,
} from "./normalise-messages.ts";
export { type NormalisedTools, normaliseTools } from "./normalise-tools.ts";
export { type OutcomeOptions, outcomeOf } from "./outcome-of.ts";
export type { PairPaths } from "./pair-checks.ts";
export type { MinimumMargin, PairPolicy, PairSelection } from "./pair-policy.ts";
export { type MessageRole, roleNames, roleOf } from "./role-names.ts";
export { sameAnswer } from "./same-answer.ts";
export { commonMessages, sameMessage, sameMessages } from "./same-messages.ts";
export { parseStructuredText, type StructuredText, type StructuredTextForm } from "./structured-text.ts";
export type { UnpairedExample } from "./unpaired-example.ts";
