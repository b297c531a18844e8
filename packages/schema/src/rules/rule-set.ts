import type { LineCode } from "../codes/index.ts";
import { formatRules } from "../format-rules.ts";
import type { Severity } from "../severity.ts";
import { targets } from "../targets/index.ts";
import type { Target, TargetId } from "../targets/target.ts";
import type { LineCheck, LineRule } from "./rule.ts";

/** Line rules made ready to run: each check once, and what is to be said of each code. */
export interface RuleSet {
  checks: readonly LineCheck[];
  /** Only the checks that can find an error. */
  errorChecks: readonly LineCheck[];
  severities: ReadonlyMap<LineCode, Severity>;
  /** 1 for every code: what a spotter watches for to see whether there is anything to say. */
  any: ReadonlyMap<LineCode, number>;
  /** For every error, the bits of the providers that refuse a line for it. Bit i is provider i of `targets`. */
  refusals: ReadonlyMap<LineCode, number>;
}

/** A provider's rules, ready to run. */
export interface TargetRuleSet extends RuleSet {
  target: Target;
  bit: number;
}

function ruleSet(rules: readonly LineRule[], refusing: (code: LineCode) => number): RuleSet {
  const errors = rules.filter(({ severity }) => severity === "error");
  return {
    checks: [...new Set(rules.map(({ check }) => check))],
    errorChecks: [...new Set(errors.map(({ check }) => check))],
    severities: new Map(rules.map(({ code, severity }) => [code, severity])),
    any: new Map(rules.map(({ code }) => [code, 1])),
    refusals: new Map(errors.map(({ code }) => [code, refusing(code)])),
  };
}

/** The rules of the format. Each of their errors is refused by the providers that do not tolerate it. */
export const formatRuleSet: RuleSet = ruleSet(formatRules, (code) => {
  let bits = 0;
  targets.forEach(({ tolerates }, index) => {
    bits |= tolerates.includes(code) ? 0 : 1 << index;
  });
  return bits;
});

const targetRuleSets: ReadonlyMap<TargetId, TargetRuleSet> = new Map(
  targets.map((target, index) => {
    const bit = 1 << index;
    return [target.id, { ...ruleSet(target.lineRules, () => bit), target, bit }];
  }),
);

/** The rules of one provider. */
export function targetRuleSet(id: TargetId): TargetRuleSet {
  const found = targetRuleSets.get(id);
  if (found === undefined) {
    throw new TypeError(`There is no provider "${id}"; there are ${[...targetRuleSets.keys()].join(", ")}`);
  }
  return found;
}
