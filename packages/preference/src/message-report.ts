import {
  createIssue,
  type Issue,
  type IssueCode,
  type IssueDetails,
  type Location,
  type TransformName,
} from "@dpo-kit/schema";

/** A value with more problems than this is not of the shape it was taken for; the rest is not listed. */
const MAXIMUM_ISSUES = 100;

/** Collects what was changed and what is wrong while a value is normalised. */
export class MessageReport {
  readonly transforms: TransformName[] = [];
  readonly issues: Issue[] = [];
  readonly #at: Location;

  constructor(at: Location) {
    this.#at = at;
  }

  /** Counts one use of a transform. */
  changed(transform: TransformName): void {
    this.transforms.push(transform);
  }

  /** Adds a problem at a path inside the record. */
  wrong(code: IssueCode, path: string, details: Omit<IssueDetails, "location">): void {
    if (this.issues.length < MAXIMUM_ISSUES) {
      this.issues.push(createIssue(code, { ...details, location: { ...this.#at, path } }));
    }
  }

  get full(): boolean {
    return this.issues.length >= MAXIMUM_ISSUES;
  }
}

/** Where a value stands, and what it is called in issues. */
export interface NormaliseOptions {
  at: Location;
  /** The column or JSON path of the value. */
  path: string;
}
