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
  /** A small input that shows it: text of a file, a JSON line, a command, or what such an input is. */
  example: string;
  /**
   * Where the rule comes from: a link, or, for what this project decides, its own page as a path from the root
   * of the repository, such as `docs/keys.md`.
   */
  source: string;
}
