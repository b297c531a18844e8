import { codeDefinition, codeOfReason, type IssueCode, issueCodes } from "@dpo-kit/schema";

/** `PAIR_TIE: The answers are tied`, of a code or a reason; a name that is neither stands as it is. */
export function describeReason(name: string): string {
  const code = codeOfReason(name) ?? name;
  return isIssueCode(code) ? `${code}: ${codeDefinition(code).title}` : code;
}

/** Whether a text is a code of the registry. */
export function isIssueCode(name: string): name is IssueCode {
  return Object.hasOwn(issueCodes, name);
}
