import { codeDefinition, type IssueCode, issueCodes } from "@dpo-kit/schema";

/** The codes that tell more of the reasons for which comparisons are dropped. */
const reasonCodes: ReadonlyMap<string, IssueCode> = new Map([
  ["tie", "PAIR_TIE"],
  ["margin", "PAIR_MARGIN"],
  ["cap", "PAIR_CAP"],
  ["empty", "PAIR_EMPTY_ANSWER"],
  ["identical", "PAIR_IDENTICAL"],
  ["divergence", "PAIR_DIVERGENCE"],
  ["invalid", "PAIR_INVALID"],
]);

/** `PAIR_TIE: The answers are tied`, of a code or a reason; a name that is neither stands as it is. */
export function describeReason(name: string): string {
  const code = reasonCodes.get(name) ?? name;
  return isIssueCode(code) ? `${code}: ${codeDefinition(code).title}` : code;
}

/** Whether a text is a code of the registry. */
export function isIssueCode(name: string): name is IssueCode {
  return Object.hasOwn(issueCodes, name);
}
