import type { PairBatch } from "@dpo-kit/batch";
import { hashText, KeySample } from "../keys/key-sample.ts";
import { type SignBias, signBias } from "../measures/sign-bias.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { Collector } from "./collector.ts";

/** The group columns that name the model of each answer. */
export interface ModelColumns {
  readonly preferred: string;
  readonly nonPreferred: string;
}

/** How often the answers of a model are preferred to those of others. */
export interface ModelBias {
  readonly model: string;
  readonly bias: SignBias;
}

const MOST_MODELS = 4096;

type Sides = readonly [preferred: number, nonPreferred: number];

/** Counts on which side each model's answers stand, in pairs of different models. */
export class ModelCollector implements Collector<readonly ModelBias[]> {
  readonly #models = new KeySample<Sides>(MOST_MODELS);
  readonly #columns: ModelColumns | undefined;

  constructor(columns: ModelColumns | undefined) {
    this.#columns = columns;
  }

  observe({ batch, line }: PairView): void {
    const preferred = columnValue(batch, line, this.#columns?.preferred);
    const nonPreferred = columnValue(batch, line, this.#columns?.nonPreferred);
    if (preferred !== "" && nonPreferred !== "" && preferred !== nonPreferred) {
      this.#count(preferred, [1, 0]);
      this.#count(nonPreferred, [0, 1]);
    }
  }

  merge(other: ModelCollector): void {
    this.#models.merge(other.#models, add);
  }

  result(): readonly ModelBias[] {
    return this.#models
      .entries()
      .map(([model, [preferred, nonPreferred]]) => ({ model, bias: signBias(preferred, nonPreferred) }));
  }

  #count(model: string, sides: Sides): void {
    this.#models.update(model, hashText(model), (known) => add(known, sides));
  }
}

function columnValue({ groups }: PairBatch, line: number, column: string | undefined): string {
  const found = groups.find(({ name }) => name === column);
  return found === undefined ? "" : found.values[found.index[line]!]!;
}

function add(one: Sides | undefined, other: Sides): Sides {
  return [(one?.[0] ?? 0) + other[0], (one?.[1] ?? 0) + other[1]];
}
