import type { Severity } from "../severity.ts";

/**
 * What happens to that which has the code:
 * - `refusal`: the whole source is refused; nothing of it is read on.
 * - `malformed`: the unit (row, line) could not be decoded into a record.
 * - `rejected`: the record or pair was read, and the user should look at it.
 * - `skipped`: nothing is wrong; the record holds no preference.
 * - `dropped`: a comparison that the policy leaves out.
 * - `note`: nothing happens to it.
 * - `rule`: a line or file rule of a provider, or of the canonical schema.
 * - `usage`: the call must be changed.
 */
export type CodeKind =
  | "refusal"
  | "malformed"
  | "rejected"
  | "skipped"
  | "dropped"
  | "note"
  | "rule"
  | "usage";

/** What the registry knows of a code; `dpo explain <CODE>` prints it. */
export interface CodeDefinition {
  kind: CodeKind;
  severity: Severity;
  /** One sentence, without a full stop. */
  title: string;
  /** What it means and why it matters. */
  meaning: string;
  /** What to do about it. */
  fix: string;
  /** A small input that shows it. */
  example?: string;
  /** Where the rule comes from: a link, or a page of this project. */
  source?: string;
}
