import type { Pair } from "@dpo-kit/batch";
import { createIssue, type Issue } from "@dpo-kit/schema";
import { columnOf, type RowContext } from "./shape.ts";

/**
 * What scores say against the answer that is named as better. A score beside a verdict is evidence, not the verdict:
 * the pair stays.
 */
export function scoreNotes(pairs: readonly Pair[], { at, claim }: RowContext): Issue[] {
  const path = columnOf(claim, "preferred score") ?? columnOf(claim, "verdict");
  const location = path === undefined ? at : { ...at, path };
  return pairs.flatMap(({ rule, margin }) => {
    if (rule !== "given" || margin === undefined || margin > 0) {
      return [];
    }
    return margin === 0
      ? createIssue("PAIRWISE_SCORE_TIED", { location })
      : createIssue("PAIRWISE_SCORE_OPPOSES", { location, expected: "a difference above 0", found: margin });
  });
}
