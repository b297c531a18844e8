import { type ColumnRole, columnFlagNames } from "./column-synonyms.ts";

/** How sure it is that a column has its role. `given`: the user said so. `exact`: it has the role's own name. */
export type ColumnConfidence = "given" | "exact" | "synonym";

/** A column that has a role, or could have it. */
export interface ColumnCandidate {
  /** Its place in the header, from 0: names may stand there twice. */
  index: number;
  /** As the header writes it. */
  name: string;
  confidence: ColumnConfidence;
}

/** What was found for one role. */
export type ColumnFinding =
  | { kind: "found"; column: ColumnCandidate; passedOver: readonly ColumnCandidate[] }
  /** Several columns could be meant. One of `flags`, typed after the command, settles it. */
  | { kind: "ambiguous"; candidates: readonly ColumnCandidate[]; flags: readonly string[] }
  /** The user named a column that the header does not have. */
  | { kind: "unknown"; asked: string; headers: readonly string[] }
  | { kind: "missing" };

/** What was found for each role. */
export type ColumnFindings = Readonly<Record<ColumnRole, ColumnFinding>>;

/** The flag that maps a role to a column, as a shell takes it: `--columns 'prompt=My question'`. */
export function columnFlag(role: ColumnRole, name: string): string {
  return `--columns ${shellWord(`${columnFlagNames[role]}=${name}`)}`;
}

/**
 * The flag that composes the prompt of several columns, in the order of the header. Columns named instruction
 * and input are joined by one line break, as Alpaca's are; others by a blank line.
 */
export function templateFlag(names: readonly string[]): string {
  const alpaca = names.length === 2 && /^instruction$/iu.test(names[0]!) && /^input$/iu.test(names[1]!);
  return `--prompt-template ${shellWord(names.map((name) => `{${name}}`).join(alpaca ? "\\n" : "\\n\\n"))}`;
}

function shellWord(text: string): string {
  return /^[\w=.:@%+/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
