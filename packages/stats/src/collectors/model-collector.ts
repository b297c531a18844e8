import type { PairBatch } from "@dpo-kit/batch";
import { SideCounts } from "../keys/side-counts.ts";
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

/** Counts on which side each model's answers stand, in pairs of different models. */
export class ModelCollector implements Collector<readonly ModelBias[]> {
  readonly #models = new SideCounts(MOST_MODELS);
  readonly #columns: ModelColumns | undefined;

  constructor(columns: ModelColumns | undefined) {
    this.#columns = columns;
  }

  observe({ batch, line }: PairView): void {
    const preferred = columnValue(batch, line, this.#columns?.preferred);
    const nonPreferred = columnValue(batch, line, this.#columns?.nonPreferred);
    if (preferred !== "" && nonPreferred !== "" && preferred !== nonPreferred) {
      this.#models.addPair(preferred, nonPreferred);
    }
  }

  merge(other: ModelCollector): void {
    this.#models.merge(other.#models);
  }

  result(): readonly ModelBias[] {
    return this.#models
      .list()
      .map(({ text, preferred, nonPreferred }) => ({ model: text, bias: signBias(preferred, nonPreferred) }));
  }
}

function columnValue({ groups }: PairBatch, line: number, column: string | undefined): string {
  const found = groups.find(({ name }) => name === column);
  return found === undefined ? "" : found.values[found.index[line]!]!;
}
