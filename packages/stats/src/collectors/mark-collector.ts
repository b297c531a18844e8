import type { IssueCode } from "@dpo-kit/schema";
import { mojibakeMarks } from "../marks/mojibake-marks.ts";
import { reservedMarks } from "../marks/reserved-marks.ts";
import { secretMarks } from "../marks/secret-marks.ts";
import { templateMarks } from "../marks/template-marks.ts";
import type { MarkFamily, TextMark } from "../marks/text-mark.ts";
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

const families: readonly MarkFamily[] = [templateMarks, reservedMarks, mojibakeMarks, secretMarks];
const parts: readonly PairPart[] = ["prompt", "preferred", "nonPreferred"];

/** Told of every mark: of each pair and part the first of its kind. */
export type OnMark = (mark: Pick<MarkStatistics, "id" | "code" | "title">, place: MarkPlace) => void;

type TextsByPart = Readonly<Record<PairPart, readonly string[]>>;

class MarkTally {
  readonly mark: TextMark;
  readonly places = new FirstPlaces<MarkPlace>();
  pairs = 0;
  readonly byPart: Record<PairPart, number> = { prompt: 0, preferred: 0, nonPreferred: 0 };

  constructor(mark: TextMark) {
    this.mark = mark;
  }

  observe(texts: TextsByPart, pairPlace: PairPlace, onMark: OnMark | undefined): void {
    const found = parts.flatMap((part) => {
      const shown = findIn(texts[part], this.mark);
      return shown === undefined ? [] : [{ ...pairPlace, part, found: shown }];
    });
    for (const place of found) {
      this.byPart[place.part] += 1;
      onMark?.(this.mark, place);
    }
    if (found[0] !== undefined) {
      this.pairs += 1;
      this.places.add(found[0]);
    }
  }

  merge(other: MarkTally): void {
    this.pairs += other.pairs;
    this.places.merge(other.places);
    for (const part of parts) {
      this.byPart[part] += other.byPart[part];
    }
  }
}

/** Looks for marks in all texts of a pair. */
export class MarkCollector implements Collector<readonly MarkStatistics[]> {
  readonly #families = families.map(({ hint, marks }) => ({
    hint,
    tallies: marks.map((mark) => new MarkTally(mark)),
  }));
  readonly #onMark: OnMark | undefined;

  constructor(onMark?: OnMark) {
    this.#onMark = onMark;
  }

  observe({ place, promptTexts, preferred, nonPreferred }: PairView): void {
    for (const { hint, tallies } of this.#families) {
      const hinted = (texts: readonly string[]): readonly string[] => texts.filter((text) => hint.test(text));
      const texts: TextsByPart = {
        prompt: hinted(promptTexts),
        preferred: hinted([preferred.text]),
        nonPreferred: hinted([nonPreferred.text]),
      };
      if (parts.some((part) => texts[part].length > 0)) {
        for (const tally of tallies) {
          tally.observe(texts, place, this.#onMark);
        }
      }
    }
  }

  merge(other: MarkCollector): void {
    const theirs = other.#tallies();
    this.#tallies().forEach((tally, index) => {
      tally.merge(theirs[index]!);
    });
  }

  result(): readonly MarkStatistics[] {
    return this.#tallies().flatMap(({ mark: { id, code, title }, pairs, byPart, places }) =>
      pairs === 0 ? [] : [{ id, code, title, pairs, ...byPart, places: places.list() }],
    );
  }

  #tallies(): MarkTally[] {
    return this.#families.flatMap(({ tallies }) => tallies);
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
