import type { JsonObject } from "@dpo-kit/schema";
import { numberAt } from "../named-answers.ts";
import type { LaneColumns } from "./lane-columns.ts";
import {
  agrees,
  isPlainPrompt,
  isPlainText,
  mayBeSame,
  own,
  type PlainTexts,
  textsOfConversations,
} from "./plain-texts.ts";
import type { RowTexts } from "./row-texts.ts";

/** Reads rows of plain texts that are parsed. It takes a row only if there is nothing to be said about its texts. */
export class ValueRowReader {
  readonly #columns: LaneColumns;

  constructor(columns: LaneColumns) {
    this.#columns = columns;
  }

  /** The texts of a row; undefined where it is not taken. */
  read(row: JsonObject): RowTexts | undefined {
    const texts = this.#textsOf(row);
    return texts === undefined || mayBeSame(texts.preferred, texts.nonPreferred)
      ? undefined
      : { ...texts, margin: this.#marginOf(row) };
  }

  #textsOf(row: JsonObject): PlainTexts | undefined {
    const columns = this.#columns;
    const beside = own(row, columns.prompt);
    const [preferred, nonPreferred] = [own(row, columns.preferred), own(row, columns.nonPreferred)];
    if (columns.layout === "conversations") {
      const texts = textsOfConversations(preferred, nonPreferred);
      return texts && agrees(beside, texts.prompt) ? texts : undefined;
    }
    return isPlainText(beside) && isPlainText(preferred) && isPlainText(nonPreferred) && isPlainPrompt(beside)
      ? { prompt: beside, preferred, nonPreferred }
      : undefined;
  }

  #marginOf(row: JsonObject): number | undefined {
    const better = numberAt(row, this.#columns.preferredScore);
    const worse = numberAt(row, this.#columns.nonPreferredScore);
    return better === undefined || worse === undefined ? undefined : better - worse;
  }
}
