import { hashText, KeySample } from "../keys/key-sample.ts";
import { type SignBias, signBias } from "../measures/sign-bias.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { Collector } from "./collector.ts";

/** The pairs of one source, or of one value of a group column. */
export interface GroupStatistics {
  /** The name of the column; `source` for the sources of the plan, unless a column has that name. */
  readonly column: string;
  readonly value: string;
  readonly pairs: number;
  /** Pairs by which answer has more characters. */
  readonly longer: SignBias;
  /** The preferred answers' characters over the others'; 1 where those have none. */
  readonly ratio: number;
}

const SOURCE = "source";

/** Values of group columns that are remembered; of more, a sample. */
const MOST_GROUPS = 4096;

interface Group {
  readonly column: string;
  readonly value: string;
  readonly pairs: number;
  readonly preferredLonger: number;
  readonly nonPreferredLonger: number;
  readonly preferredCharacters: number;
  readonly nonPreferredCharacters: number;
}

/** Gathers length bias for each source and each value of the group columns. */
export class GroupCollector implements Collector<readonly GroupStatistics[]> {
  readonly #groups = new KeySample<Group>(MOST_GROUPS);
  readonly #sources: readonly string[];

  /** `sources`: the names of the sources in the plan. */
  constructor(sources: readonly string[]) {
    this.#sources = sources;
  }

  observe(pair: PairView): void {
    const { batch, line, place } = pair;
    if (!batch.groups.some(({ name }) => name === SOURCE)) {
      this.#add(pair, SOURCE, this.#sources[place.sourceId] ?? String(place.sourceId));
    }
    for (const { name, index, values } of batch.groups) {
      this.#add(pair, name, values[index[line]!]!);
    }
  }

  merge(other: GroupCollector): void {
    this.#groups.merge(other.#groups, addGroups);
  }

  result(): readonly GroupStatistics[] {
    return this.#groups.entries().map(([, group]) => ({
      column: group.column,
      value: group.value,
      pairs: group.pairs,
      longer: signBias(group.preferredLonger, group.nonPreferredLonger),
      ratio:
        group.nonPreferredCharacters === 0 ? 1 : group.preferredCharacters / group.nonPreferredCharacters,
    }));
  }

  #add({ preferred, nonPreferred }: PairView, column: string, value: string): void {
    const key = JSON.stringify([column, value]);
    const seen: Group = {
      column,
      value,
      pairs: 1,
      preferredLonger: preferred.characters > nonPreferred.characters ? 1 : 0,
      nonPreferredLonger: preferred.characters < nonPreferred.characters ? 1 : 0,
      preferredCharacters: preferred.characters,
      nonPreferredCharacters: nonPreferred.characters,
    };
    this.#groups.update(key, hashText(key), (known) => addGroups(known, seen));
  }
}

function addGroups(one: Group | undefined, other: Group): Group {
  return one === undefined
    ? other
    : {
        ...one,
        pairs: one.pairs + other.pairs,
        preferredLonger: one.preferredLonger + other.preferredLonger,
        nonPreferredLonger: one.nonPreferredLonger + other.nonPreferredLonger,
        preferredCharacters: one.preferredCharacters + other.preferredCharacters,
        nonPreferredCharacters: one.nonPreferredCharacters + other.nonPreferredCharacters,
      };
}
