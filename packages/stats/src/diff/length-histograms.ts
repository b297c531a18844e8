import { describeDistribution } from "../measures/distribution.ts";
import { measureDrift } from "../measures/drift.ts";
import { IntegerHistogram } from "../measures/integer-histogram.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { LengthDrift } from "./dataset-diff.ts";

const units = ["characters", "tokens"] as const;
const parts = ["prompt", "preferred", "nonPreferred"] as const;

type Unit = (typeof units)[number];
type Part = (typeof parts)[number];

/** The lengths of the parts of a dataset's pairs, in each unit. */
export class LengthHistograms {
  readonly #histograms = new Map<string, IntegerHistogram>();

  observe(pair: PairView): void {
    for (const unit of units) {
      for (const part of parts) {
        const length = lengthOf(pair, unit, part);
        if (length !== undefined) {
          this.get(unit, part).add(length);
        }
      }
    }
  }

  merge(other: LengthHistograms): void {
    for (const unit of units) {
      for (const part of parts) {
        this.get(unit, part).merge(other.get(unit, part));
      }
    }
  }

  get(unit: Unit, part: Part): IntegerHistogram {
    const key = `${unit} ${part}`;
    const known = this.#histograms.get(key) ?? new IntegerHistogram();
    this.#histograms.set(key, known);
    return known;
  }
}

function lengthOf(pair: PairView, unit: Unit, part: Part): number | undefined {
  if (part === "prompt") {
    return unit === "tokens" ? pair.promptTokens : pair.promptCharacters;
  }
  return pair[part][unit];
}

/** The drift of every part, in the units that both datasets have. */
export function lengthDrifts(old: LengthHistograms, fresh: LengthHistograms): LengthDrift[] {
  return units.flatMap((unit) =>
    parts.flatMap((part) => {
      const one = old.get(unit, part);
      const other = fresh.get(unit, part);
      const drift = { ...measureDrift(one, other), unit, part };
      return one.total === 0 || other.total === 0
        ? []
        : [{ ...drift, old: describeDistribution(one), new: describeDistribution(other) }];
    }),
  );
}
