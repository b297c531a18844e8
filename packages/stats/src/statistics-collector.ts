import { lineBytes, type PairBatch } from "@dpo-kit/batch";
import { FeatureCollector } from "./collectors/feature-collector.ts";
import { FirstWordCollector } from "./collectors/first-word-collector.ts";
import { GroupCollector } from "./collectors/group-collector.ts";
import { LengthCollector } from "./collectors/length-collector.ts";
import { MarkCollector, type OnMark } from "./collectors/mark-collector.ts";
import { ModelCollector, type ModelColumns } from "./collectors/model-collector.ts";
import { NearIdenticalCollector } from "./collectors/near-identical-collector.ts";
import { DEFAULT_REMEMBERED_KEYS, RepeatCollector } from "./collectors/repeat-collector.ts";
import { ShapeCollector } from "./collectors/shape-collector.ts";
import { findFindings } from "./findings/find-findings.ts";
import type { PairPlace } from "./pairs/pair-place.ts";
import { readPair, type TokenColumns } from "./pairs/pair-view.ts";
import type { DatasetStatistics } from "./statistics.ts";

/** How statistics are gathered. */
export interface StatisticsOptions {
  /** The names of the sources, by their number in the plan. Default: their numbers. */
  readonly sources?: readonly string[];
  /** The group columns that name the model of each answer. Default: none, and no figures by model. */
  readonly modelColumns?: ModelColumns;
  /**
   * How many different keys of each kind (prompts, lines, pairs) are remembered, at up to 50 bytes each. Beyond,
   * figures of repeats are projected from a sample, and say so. Default: 1,048,576.
   */
  readonly rememberedKeys?: number;
  /** Told of every mark in every pair; the statistics name the first five of each kind. */
  readonly onMark?: OnMark;
  /** Told of every pair whose answers are nearly the same. */
  readonly onNearIdentical?: (place: PairPlace) => void;
}

/**
 * Gathers the statistics of a dataset from its batches, in memory that does not grow with it. What comes out
 * depends on the pairs alone: any order, any division into batches and any merging give the same.
 */
export class StatisticsCollector {
  readonly #collectors: ReturnType<typeof createCollectors>;
  #pairs = 0;
  #bytes = 0;

  constructor(options: StatisticsOptions = {}) {
    this.#collectors = createCollectors(options);
  }

  /** Adds the pairs of a batch; `tokens` are those of its lines, where they were counted. */
  observe(batch: PairBatch, tokens?: TokenColumns): void {
    for (let line = 0; line < batch.count; line += 1) {
      this.#pairs += 1;
      this.#bytes += lineBytes(batch, line).length;
      const pair = readPair(batch, line, tokens);
      for (const collector of Object.values(this.#collectors)) {
        collector.observe(pair);
      }
    }
  }

  /** Adds what another collector with the same options saw. */
  merge(other: StatisticsCollector): void {
    this.#pairs += other.#pairs;
    this.#bytes += other.#bytes;
    const mine = this.#collectors;
    const others = other.#collectors;
    mine.shape.merge(others.shape);
    mine.repeats.merge(others.repeats);
    mine.characters.merge(others.characters);
    mine.tokens.merge(others.tokens);
    mine.features.merge(others.features);
    mine.firstWords.merge(others.firstWords);
    mine.groups.merge(others.groups);
    mine.models.merge(others.models);
    mine.nearIdentical.merge(others.nearIdentical);
    mine.marks.merge(others.marks);
  }

  /** The statistics of all that was added so far. */
  result(): DatasetStatistics {
    const { shape, repeats, characters, tokens, ...others } = this.#collectors;
    const tokenLengths = tokens.result();
    const statistics = {
      schema: "dpo-kit/statistics@1" as const,
      pairs: this.#pairs,
      bytes: this.#bytes,
      shape: shape.result(),
      repeats: repeats.result(),
      lengths: {
        characters: characters.result(),
        ...(tokenLengths.longerSide.count === 0 ? {} : { tokens: tokenLengths }),
      },
      features: others.features.result(),
      firstWords: others.firstWords.result(),
      groups: others.groups.result(),
      models: others.models.result(),
      nearIdentical: others.nearIdentical.result(),
      marks: others.marks.result(),
    };
    return { ...statistics, findings: findFindings(statistics) };
  }
}

function createCollectors(options: StatisticsOptions) {
  const { sources = [], modelColumns, rememberedKeys, onMark, onNearIdentical } = options;
  return {
    shape: new ShapeCollector(),
    repeats: new RepeatCollector(rememberedKeys ?? DEFAULT_REMEMBERED_KEYS),
    characters: new LengthCollector("characters"),
    tokens: new LengthCollector("tokens"),
    features: new FeatureCollector(),
    firstWords: new FirstWordCollector(),
    groups: new GroupCollector(sources),
    models: new ModelCollector(modelColumns),
    nearIdentical: new NearIdenticalCollector(onNearIdentical),
    marks: new MarkCollector(onMark),
  };
}
