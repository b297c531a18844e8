import type { LineCode } from "../codes/index.ts";
import { createIssue, type Issue } from "../issue.ts";
import type { Location } from "../location.ts";
import type { Severity } from "../severity.ts";
import { Report, type ReportDetails } from "./report.ts";

/** The most problems that are kept of one line: a hostile line must not fill the memory with its problems. */
export const MAX_ISSUES_PER_LINE = 1000;

/** What a rule says of the issues of a code: how bad they are, and whose rule it is. */
export interface Verdicts {
  severities: ReadonlyMap<LineCode, Severity>;
  target?: string;
}

/** Makes issues of what checks report. Codes that the rules at hand do not have are passed over. */
export class Collector extends Report {
  readonly issues: Issue[] = [];
  readonly #location: Location;
  #verdicts: Verdicts = { severities: new Map() };

  constructor(location: Location) {
    super();
    this.#location = location;
  }

  /** From here on, issues are judged by these rules. */
  judgeBy(verdicts: Verdicts): this {
    this.#verdicts = verdicts;
    return this;
  }

  override add(code: LineCode, inner: string, details: ReportDetails = {}): void {
    const severity = this.#verdicts.severities.get(code);
    if (severity === undefined || this.issues.length >= MAX_ISSUES_PER_LINE) {
      return;
    }
    const path = this.path(inner);
    const location = path === "" ? this.#location : { ...this.#location, path };
    const { target } = this.#verdicts;
    this.issues.push(createIssue(code, { ...details, severity, location, ...(target && { target }) }));
  }
}
