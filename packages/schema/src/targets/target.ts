import type { LineCode } from "../codes/index.ts";
import type { FileRule, LineRule } from "../rules/rule.ts";

/** A provider whose rules are known. */
export type TargetId = "openai" | "azure" | "together" | "fireworks";

/** Something to know of a provider that no check can tell from a line or a file. */
export interface TargetNote {
  text: string;
  source: string;
  /** The day the source was last read, as YYYY-MM-DD. */
  date: string;
}

/** A provider that takes canonical lines: what it asks for beyond the rules of the format. */
export interface Target {
  id: TargetId;
  /** Its name, as people write it. */
  title: string;
  lineRules: readonly LineRule[];
  fileRules: readonly FileRule[];
  /** The largest file it takes, in bytes, where its documentation says one. */
  largestFile?: number;
  /** Rules of the format that this provider alone does without; for it they are warnings. */
  tolerates: readonly LineCode[];
  notes: readonly TargetNote[];
}
