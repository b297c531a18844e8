import type { IssueCode } from "@dpo-kit/schema";
import { mojibakeMarks } from "../marks/mojibake-marks.ts";
import { reservedMarks } from "../marks/reserved-marks.ts";
import { secretMarks } from "../marks/secret-marks.ts";
import { templateMarks } from "../marks/template-marks.ts";
import type { TextMark } from "../marks/text-mark.ts";
import { FirstPlaces } from "../pairs/first-places.ts";
import type { PairPlace } from "../pairs/pair-place.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { Collector } from "./collector.ts";

/** The parts of a pair a mark can stand in. */
export type PairPart = "prompt" | "preferred" | "nonPreferred";

/** A place where a mark was found, and what is shown of it; secrets are masked. */
export interface MarkPlace extends PairPlace {
  readonly part: PairPart;
  readonly found: string;
}

/** How often a mark was found. Those that were not are left out. */
export interface MarkStatistics {
  readonly id: string;
  readonly code: IssueCode;
  readonly title: string;
  /** Pairs that hold it anywhere. */
  readonly pairs: number;
  readonly prompt: number;
  readonly preferred: number;
  readonly nonPreferred: number;
  /** The first five. */
  readonly places: readonly MarkPlace[];
}

const marks: readonly TextMark[] = [...templateMarks, ...reservedMarks, ...mojibakeMarks, ...secretMarks];
const parts: readonly PairPart[] = ["prompt", "preferred", "nonPreferred"];

class MarkTally {
  readonly places = new FirstPlaces<MarkPlace>();
  pairs = 0;
  readonly byPart: Record<PairPart, number> = { prompt: 0, preferred: 0, nonPreferred: 0 };
}

/** Looks for marks in all texts of a pair. */
export class MarkCollector implements Collector<readonly MarkStatistics[]> {
  readonly #tallies: readonly MarkTally[] = marks.map(() => new MarkTally());

  observe({ place, promptTexts, preferred, nonPreferred }: PairView): void {
    const texts: Record<PairPart, readonly string[]> = {
      prompt: promptTexts,
      preferred: [preferred.text],
      nonPreferred: [nonPreferred.text],
    };
    marks.forEach((mark, index) => {
      const tally = this.#tallies[index]!;
      let isFirst = true;
      for (const part of parts) {
        const found = findIn(texts[part], mark);
        if (found !== undefined) {
          tally.byPart[part] += 1;
          if (isFirst) {
            tally.pairs += 1;
            tally.places.add({ ...place, part, found });
          }
          isFirst = false;
        }
      }
    });
  }

  merge(other: MarkCollector): void {
    other.#tallies.forEach((tally, index) => {
      const mine = this.#tallies[index]!;
      mine.pairs += tally.pairs;
      mine.places.merge(tally.places);
      for (const part of parts) {
        mine.byPart[part] += tally.byPart[part];
      }
    });
  }

  result(): readonly MarkStatistics[] {
    return marks.flatMap(({ id, code, title }, index) => {
      const { pairs, byPart, places } = this.#tallies[index]!;
      return pairs === 0 ? [] : [{ id, code, title, pairs, ...byPart, places: places.list() }];
    });
  }
}

function findIn(texts: readonly string[], mark: TextMark): string | undefined {
  for (const text of texts) {
    const found = mark.find(text);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
