import type { Ledgers } from "@dpo-kit/batch";
import type { Issue, IssueCode, Severity, TargetId } from "@dpo-kit/schema";
import type { ChatSummary } from "./chat-summary.ts";
import type { ConversionPlan } from "./conversion-plan.ts";
import type { ExportReport } from "./export/export-result.ts";

/** One file that a run wrote. */
export interface OutputRecord {
  /**
   * What it is: `train`, `validation`, `test`, `rejects`, `removed`, `manifest`, `provenance`, `issues`, `sarif`,
   * `conflicts`, `unpaired`; of an export the id of its target.
   */
  readonly kind: string;
  /** As it was given, or derived from what was given. `-` for standard output. */
  readonly path: string;
  readonly lines: number;
  readonly bytes: number;
  /** `sha256:…`; absent with `--no-digest`. */
  readonly digest?: string;
}

/** How often a code was reported. */
export interface CodeCount {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly title: string;
  readonly count: number;
}

/** What a run reports of its issues: all are counted, the first are kept. */
export interface IssueReport {
  /** Errors first, then by number. */
  readonly byCode: readonly CodeCount[];
  /** The first 20 of each code and severity, in the order of the input. */
  readonly first: readonly Issue[];
}

/** How many of the written lines one provider would take. */
export interface Acceptance {
  readonly target: TargetId;
  readonly title: string;
  readonly lines: number;
  /** Rules about the whole file that it would break, as notes. */
  readonly notes: readonly Issue[];
}

/** What was counted about repeated pairs, before any was taken out. */
export interface DuplicateCounts {
  readonly exact: number;
  readonly reversed: number;
  /** True where the memory for keys ran out, so that there may be more. */
  readonly lowerBound: boolean;
}

/** How many contradictions were found, by kind: what contradicts itself among the pairs of one prompt. */
export type ConflictCounts = Readonly<Record<"same-answer" | "contradiction" | "cycle", number>>;

/** That no prompt is in two files, or how many are. */
export interface SplitProof {
  /** Of each file, by its name, how many prompts are in it. */
  readonly prompts: ReadonlyMap<string, number>;
  /** How many prompts are in more than one file. */
  readonly shared: number;
}

/** What became of the sources of a recipe. */
export interface RecipeSources {
  readonly count: number;
  /** Those that an earlier run had finished. */
  readonly reused: number;
  /** Why the others are missing, an issue for each. */
  readonly failed: readonly Issue[];
}

/** What a conversion, a rewriting of canonical lines, or a run of a recipe did. */
export interface ConversionResult {
  readonly command: "convert" | "dedupe" | "split" | "run";
  readonly ok: boolean;
  /** 0, 1 or 2: see `dpo help exit-codes`. */
  readonly exitCode: 0 | 1 | 2;
  readonly plan: ConversionPlan;
  readonly ledgers: Ledgers;
  /** By name, with their counts. */
  readonly transforms: ReadonlyMap<string, number>;
  readonly outputs: readonly OutputRecord[];
  readonly issues: IssueReport;
  readonly accepted: readonly Acceptance[];
  readonly duplicates: DuplicateCounts;
  /** Where contradictions were looked for. */
  readonly conflicts?: ConflictCounts;
  /** Of chat logs. */
  readonly chat?: ChatSummary;
  /** Where it was also exported. */
  readonly exports?: readonly ExportReport[];
  /** Of a split. */
  readonly proof?: SplitProof;
  /** Of a recipe. */
  readonly sources?: RecipeSources;
  /** An earlier run of the same recipe with the same inputs had made all outputs: this one did nothing. */
  readonly alreadyComplete?: true;
  /** Commands worth running next, ready to paste. */
  readonly next: readonly string[];
}

/** What a validation found. */
export interface ValidationResult {
  readonly command: "validate";
  readonly ok: boolean;
  readonly exitCode: 0 | 1 | 2;
  readonly files: readonly ValidatedFile[];
  /** With `--leakage`. */
  readonly leakage?: LeakageResult;
  readonly targets: readonly TargetId[];
  readonly issues: IssueReport;
  readonly outputs: readonly OutputRecord[];
  /** With `--fix`: by name of the fix, how often. */
  readonly fixes: ReadonlyMap<string, number>;
  readonly next: readonly string[];
}

/** Which prompts are in more than one file. */
export interface LeakageResult {
  /** How many prompts are. */
  readonly sharedPrompts: number;
  /** Of each two files that have prompts in common how many, and how many lines of each have one. */
  readonly overlaps: readonly {
    readonly files: readonly [string, string];
    readonly prompts: number;
    readonly lines: readonly [number, number];
  }[];
}

/** What was found in one file. */
export interface ValidatedFile {
  readonly source: string;
  /** Lines that are not blank. */
  readonly lines: number;
  readonly bytes: number;
  /** Lines without an error. */
  readonly valid: number;
  readonly errors: number;
  readonly warnings: number;
}

/** What a run of `dpo inspect` found. */
export interface InspectionResult {
  readonly command: "inspect";
  readonly ok: boolean;
  readonly exitCode: 0 | 1 | 2;
  readonly plan: ConversionPlan;
  readonly next: readonly string[];
}
