import { formatFileRules } from "./format-rules.ts";
import { createIssue, type Issue } from "./issue.ts";
import type { Location } from "./location.ts";
import type { FileFacts, FileRule } from "./rules/rule.ts";
import { targetRuleSet } from "./rules/rule-set.ts";
import type { TargetId } from "./targets/target.ts";

/**
 * What is wrong with a file as a whole: first for every provider, then for each asked for. `convert` shows
 * these as notes, because the next run may add lines; `validate` takes their severity as it is.
 */
export function validateFile(facts: FileFacts, targets: readonly TargetId[], location: Location): Issue[] {
  return [
    ...judge(formatFileRules, facts, { location }),
    ...targets.flatMap((target) =>
      judge(targetRuleSet(target).target.fileRules, facts, { location, target }),
    ),
  ];
}

function judge(
  rules: readonly FileRule[],
  facts: FileFacts,
  about: { location: Location; target?: TargetId },
): Issue[] {
  return rules.flatMap(({ code, severity, check }) => {
    const details = check(facts);
    return details === undefined ? [] : [createIssue(code, { ...details, ...about, severity })];
  });
}
