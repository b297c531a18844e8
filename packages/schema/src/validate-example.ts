import type { LineCode } from "./codes/index.ts";
import type { DpoExample } from "./example.ts";
import type { Issue } from "./issue.ts";
import type { Location } from "./location.ts";
import { Collector } from "./rules/collector.ts";
import { type LineParts, linePartsOf } from "./rules/line-parts.ts";
import type { Report } from "./rules/report.ts";
import type { LineCheck } from "./rules/rule.ts";
import { formatRuleSet, type TargetRuleSet, targetRuleSet } from "./rules/rule-set.ts";
import { Spotter } from "./rules/spotter.ts";
import type { Severity } from "./severity.ts";
import type { TargetId } from "./targets/target.ts";

/** How an example is checked. */
export interface ValidateOptions {
  /** The providers whose line rules are checked beside those of the format. Default: OpenAI. */
  targets?: readonly TargetId[];
  /** Where the line stands; each issue adds its JSON path. Default: a source named `example`. */
  location?: Location;
}

/** The providers that are checked for when none is named. */
export const DEFAULT_TARGETS: readonly TargetId[] = ["openai"];

const DEFAULT_LOCATION: Location = { source: "example" };

// One for all calls: checks are synchronous and never call back.
const spotter = new Spotter();

/**
 * All problems of one parsed line, whatever JSON value it is: first those of the format, then those of each
 * provider asked for. Never throws. At most 1,000 problems of one line are listed.
 *
 * A rule of the format that every provider asked for does without is a warning; the others make errors.
 *
 * @example
 * const issues = validateExample(JSON.parse(line), { targets: ["openai", "together"] });
 */
export function validateExample(value: unknown, options: ValidateOptions = {}): Issue[] {
  const targets = options.targets ?? DEFAULT_TARGETS;
  const line = linePartsOf(value);
  return isWithoutProblems(line, targets)
    ? []
    : collectProblems(line, targets, options.location ?? DEFAULT_LOCATION);
}

/**
 * Which providers take an example: bit i is set if provider i of `targets` does, which is to say that
 * `validateExample` for that provider alone finds no error. Fast enough to ask for every line of a file.
 */
export function acceptedBy(example: DpoExample, targets: readonly TargetId[]): number {
  const line = linePartsOf(example);
  run(formatRuleSet.errorChecks, line, spotter.watch(formatRuleSet.refusals));
  const refusing = spotter.refusing;
  let accepted = 0;
  for (let index = 0; index < targets.length; index += 1) {
    const rules = targetRuleSet(targets[index]!);
    if ((refusing & rules.bit) === 0 && !hasError(line, rules)) {
      accepted |= 1 << index;
    }
  }
  return accepted;
}

function hasError(line: LineParts, rules: TargetRuleSet): boolean {
  run(rules.errorChecks, line, spotter.watch(rules.refusals));
  return spotter.refusing !== 0;
}

function isWithoutProblems(line: LineParts, targets: readonly TargetId[]): boolean {
  run(formatRuleSet.checks, line, spotter.watch(formatRuleSet.any));
  let found = spotter.refusing;
  for (const id of targets) {
    const rules = targetRuleSet(id);
    run(rules.checks, line, spotter.watch(rules.any));
    found |= spotter.refusing;
  }
  return found === 0;
}

function collectProblems(line: LineParts, targets: readonly TargetId[], location: Location): Issue[] {
  const collector = new Collector(location);
  run(formatRuleSet.checks, line, collector.judgeBy({ severities: formatSeverities(targets) }));
  for (const id of targets) {
    const { checks, severities } = targetRuleSet(id);
    run(checks, line, collector.judgeBy({ severities, target: id }));
  }
  return collector.issues;
}

/** What all providers asked for tolerate is a warning. */
function formatSeverities(targets: readonly TargetId[]): ReadonlyMap<LineCode, Severity> {
  const [first, ...others] = targets.map((id) => targetRuleSet(id).target.tolerates);
  const tolerated = first?.filter((code) => others.every((codes) => codes.includes(code))) ?? [];
  if (tolerated.length === 0) {
    return formatRuleSet.severities;
  }
  return new Map([...formatRuleSet.severities, ...tolerated.map((code) => [code, "warning"] as const)]);
}

function run(checks: readonly LineCheck[], line: LineParts, report: Report): void {
  for (const check of checks) {
    check(line, report);
  }
}
