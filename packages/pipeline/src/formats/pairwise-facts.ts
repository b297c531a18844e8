import { type PairwiseDetection, parseVerdictFlag } from "@dpo-kit/pairwise";
import { normaliseColumnName } from "@dpo-kit/preference";
import type { PlanFact, PlanMapping } from "../conversion-plan.ts";
import type { ReadingRequest } from "../conversion-request.ts";

/** What rows are, why, what else they could be, and the flags that choose it. */
export function factsOf({ chosen, alternatives, rows }: PairwiseDetection, layout: string): PlanFact[] {
  const others = alternatives.filter(({ family }) => family !== "N");
  return [
    { label: "layout", value: layout },
    ...(chosen === undefined
      ? []
      : [{ label: "shape", value: chosen.title, why: `${chosen.why} (${lookedAt(rows)})` }]),
    ...others.map(({ flag, title, why }) => ({
      label: "also matches",
      value: title,
      why: `${why}; ${flag} chooses it`,
    })),
    ...(chosen?.choices ?? []).map(({ what, flag }) => ({
      label: "could be",
      value: what,
      why: `with ${flag}`,
    })),
  ];
}

function lookedAt(rows: number): string {
  return rows === 1 ? "1 row looked at" : `${rows} rows looked at`;
}

/** Which columns play which part. */
export function mappingOf({ chosen }: PairwiseDetection, request: ReadingRequest): PlanMapping[] {
  const given = givenColumns(request);
  return (chosen?.mapping ?? []).map(({ role, column }) => {
    const flag = given.get(normaliseColumnName(column));
    return {
      role: role === "nonPreferred" ? "non_preferred" : role,
      from: column,
      confidence: flag === undefined ? chosen!.confidence : 1,
      why: flag === undefined ? "by its name and values" : `given with ${flag}`,
    };
  });
}

/** The columns that flags name, and the flags. */
function givenColumns({ columns = {}, score, verdict }: ReadingRequest): Map<string, string> {
  const named = Object.values(columns).flatMap((name) => (name === null ? [] : [[name, "--columns"]]));
  const given = [
    ...named,
    ...(score === undefined ? [] : [[score, "--score"]]),
    ...(verdict === undefined ? [] : [[parseVerdictFlag(verdict).column, "--verdict"]]),
  ];
  return new Map(given.map(([name, flag]) => [normaliseColumnName(name!), flag!]));
}
