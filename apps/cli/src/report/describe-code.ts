import { codeDefinition, type IssueCode, issueCodes } from "@dpo-kit/schema";

/** The title of a code; the name itself where it is no code, as reasons given by formats may be. */
export function titleOf(name: string): string {
  return isIssueCode(name) ? codeDefinition(name).title : name;
}

/** Whether a text is a code of the registry. */
export function isIssueCode(name: string): name is IssueCode {
  return Object.hasOwn(issueCodes, name);
}
