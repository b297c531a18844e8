import { codeDefinition, type IssueCode } from "./codes/index.ts";
import type { Issue } from "./issue.ts";
import type { Location } from "./location.ts";

/** Shared by all copies of this package, so that each knows the others' errors. */
const marker: symbol = Symbol.for("dpo-kit.DataError");

/** What a {@link DataError} may say beyond its code. */
export interface DataErrorDetails {
  message?: string;
  location?: Location;
  hint?: string;
  cause?: unknown;
  /** All problems behind the error, where there are several. */
  issues?: readonly Issue[];
}

/**
 * Thrown where there is no way on: a source that cannot be read, an input that is refused as a whole,
 * an option that contradicts another. What is wrong with a single record is an `Issue`, never this.
 */
export class DataError extends Error {
  override readonly name: string = "DataError";
  readonly code: IssueCode;
  readonly location: Location | undefined;
  /** What the user can do about it. */
  readonly hint: string;
  /** All problems behind the error; empty where the error is the only one. */
  readonly issues: readonly Issue[];

  constructor(code: IssueCode, details: DataErrorDetails = {}) {
    const definition = codeDefinition(code);
    super(details.message ?? definition.title, { cause: details.cause });
    this.code = code;
    this.location = details.location;
    this.hint = details.hint ?? definition.fix;
    this.issues = details.issues ?? [];
    Object.defineProperty(this, marker, { value: true });
  }

  /** Works across copies of this package, where `instanceof` does not. */
  static isInstance(value: unknown): value is DataError {
    return typeof value === "object" && value !== null && marker in value;
  }
}
