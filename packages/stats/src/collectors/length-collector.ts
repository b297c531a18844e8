import { cohensD, pairedD } from "../measures/cohens-d.ts";
import { type Distribution, describeDistribution } from "../measures/distribution.ts";
import { IntegerHistogram } from "../measures/integer-histogram.ts";
import { momentsOf } from "../measures/moments.ts";
import { type SignBias, signBias } from "../measures/sign-bias.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { Collector } from "./collector.ts";

/** What lengths are counted in. */
export type LengthUnit = "characters" | "tokens";

/** The lengths of a dataset in one unit. */
export interface LengthStatistics {
  readonly unit: LengthUnit;
  readonly prompt: Distribution;
  readonly preferred: Distribution;
  readonly nonPreferred: Distribution;
  /** Of each pair the input and the longer answer: what must fit into a trainer's window. */
  readonly longerSide: Distribution;
  /** Pairs whose longer side is above the limits that windows usually have. Of tokens only. */
  readonly above: readonly { readonly limit: number; readonly pairs: number; readonly share: number }[];
  /** Pairs of which the tokens are lower bounds, as they have tools or calls: their format is not documented. */
  readonly lowerBounds: number;
  readonly bias: LengthBias;
}

/** Whether length tells the sides apart. */
export interface LengthBias {
  /** Pairs by which answer is the longer one. */
  readonly longer: SignBias;
  readonly equal: number;
  /** The preferred answers' mean length over the others'; 1 where that is 0. */
  readonly ratio: number;
  /** Of the two groups of answers. Positive where preferred answers are longer; null where it has no bound. */
  readonly cohensD: number | null;
  /** Of the differences inside the pairs. Positive where preferred answers are longer; null where it has no bound. */
  readonly pairedD: number | null;
}

/**
 * The windows that pairs are counted against. TRL cuts a sequence at 1,024 tokens unless told otherwise
 * (https://huggingface.co/docs/trl/dpo_trainer), LLaMA-Factory at 2,048
 * (https://github.com/hiyouga/LLaMA-Factory/blob/main/src/llamafactory/hparams/data_args.py).
 */
export const WINDOW_LIMITS: readonly number[] = [1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072];

/** Gathers lengths in one unit. Pairs of which no tokens are known are left out of those. */
export class LengthCollector implements Collector<LengthStatistics> {
  readonly #unit: LengthUnit;
  readonly #prompt = new IntegerHistogram();
  readonly #preferred = new IntegerHistogram();
  readonly #nonPreferred = new IntegerHistogram();
  readonly #longerSide = new IntegerHistogram();
  readonly #differences = new IntegerHistogram();
  #preferredLonger = 0;
  #nonPreferredLonger = 0;
  #equal = 0;
  #lowerBounds = 0;

  constructor(unit: LengthUnit) {
    this.#unit = unit;
  }

  observe(pair: PairView): void {
    const prompt = this.#unit === "tokens" ? pair.promptTokens : pair.promptCharacters;
    const preferred = pair.preferred[this.#unit];
    const nonPreferred = pair.nonPreferred[this.#unit];
    if (prompt === undefined || preferred === undefined || nonPreferred === undefined) {
      return;
    }
    this.#lowerBounds += this.#unit === "tokens" && pair.hasLowerBounds ? 1 : 0;
    this.#prompt.add(prompt);
    this.#preferred.add(preferred);
    this.#nonPreferred.add(nonPreferred);
    this.#longerSide.add(prompt + Math.max(preferred, nonPreferred));
    this.#differences.add(preferred - nonPreferred);
    this.#preferredLonger += preferred > nonPreferred ? 1 : 0;
    this.#nonPreferredLonger += preferred < nonPreferred ? 1 : 0;
    this.#equal += preferred === nonPreferred ? 1 : 0;
  }

  merge(other: LengthCollector): void {
    this.#prompt.merge(other.#prompt);
    this.#preferred.merge(other.#preferred);
    this.#nonPreferred.merge(other.#nonPreferred);
    this.#longerSide.merge(other.#longerSide);
    this.#differences.merge(other.#differences);
    this.#preferredLonger += other.#preferredLonger;
    this.#nonPreferredLonger += other.#nonPreferredLonger;
    this.#equal += other.#equal;
    this.#lowerBounds += other.#lowerBounds;
  }

  result(): LengthStatistics {
    const { total } = this.#longerSide;
    const limits = this.#unit === "tokens" ? WINDOW_LIMITS : [];
    return {
      unit: this.#unit,
      prompt: describeDistribution(this.#prompt),
      preferred: describeDistribution(this.#preferred),
      nonPreferred: describeDistribution(this.#nonPreferred),
      longerSide: describeDistribution(this.#longerSide),
      above: limits.map((limit) => {
        const pairs = this.#longerSide.countAbove(limit);
        return { limit, pairs, share: total === 0 ? 0 : pairs / total };
      }),
      lowerBounds: this.#lowerBounds,
      bias: this.#bias(),
    };
  }

  #bias(): LengthBias {
    const preferred = momentsOf(this.#preferred);
    const nonPreferred = momentsOf(this.#nonPreferred);
    return {
      longer: signBias(this.#preferredLonger, this.#nonPreferredLonger),
      equal: this.#equal,
      ratio: nonPreferred.mean === 0 ? 1 : preferred.mean / nonPreferred.mean,
      cohensD: cohensD(preferred, nonPreferred),
      pairedD: pairedD(momentsOf(this.#differences)),
    };
  }
}
