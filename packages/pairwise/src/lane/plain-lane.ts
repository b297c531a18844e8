import { loadJsonStringReader, type PairBatchEncoder, type TextPair } from "@dpo-kit/batch";
import type { TransformName } from "@dpo-kit/schema";
import type { PairwiseConvertOptions } from "../pairwise-options.ts";
import { isMalformed, type PairwiseRow } from "../pairwise-row.ts";
import { JsonRowReader } from "./json-row-reader.ts";
import { type LaneColumns, laneColumnsOf } from "./lane-columns.ts";
import type { RowTexts } from "./row-texts.ts";
import { StoredRowReader } from "./stored-row-reader.ts";
import { ValueRowReader } from "./value-row-reader.ts";

/** What reads rows: from their bytes where these can be had, else from their values. */
interface RowReaders {
  readonly json: JsonRowReader | undefined;
  readonly stored: StoredRowReader | undefined;
  readonly value: ValueRowReader;
}

/**
 * The way of rows that are one question and two answers in plain text, or two conversations of these: from the texts
 * to the bytes of the line, with nothing built between. It takes a row only if nothing is to be said about it; all
 * others go by `RowConverter`, which is the reference: for a row that both could take they give the same line.
 */
export class PlainLane {
  readonly #options: PairwiseConvertOptions;
  readonly #readers: RowReaders;
  readonly #pair: TextPair;
  /** What is done to the texts of every row. */
  readonly #transforms: readonly TransformName[];
  #row: PairwiseRow | undefined;

  private constructor(readers: RowReaders, { layout }: LaneColumns, options: PairwiseConvertOptions) {
    this.#options = options;
    this.#readers = readers;
    this.#transforms =
      layout === "conversations" ? ["repeated-prompt-removed", "repeated-prompt-removed"] : [];
    this.#pair = {
      prompt: "",
      preferred: "",
      nonPreferred: "",
      ordinal: 0,
      line: 0,
      rule: "given",
      transforms: [],
      locate: () => this.#row!.at,
      record: () => ({ value: this.#row!.value ?? null, bytes: this.#row!.bytes }),
    };
  }

  /** The lane for rows of what was detected; undefined where they must all be looked at more closely. */
  static async for(options: PairwiseConvertOptions): Promise<PlainLane | undefined> {
    const claim = options.detection?.chosen;
    const columns = claim && laneColumnsOf(claim);
    const { minMargin, maxPairsPerRecord, pairs = "auto" } = options.policy ?? {};
    if (
      columns === undefined ||
      minMargin !== undefined ||
      maxPairsPerRecord !== undefined ||
      pairs !== "auto"
    ) {
      return undefined;
    }
    const json = JsonRowReader.for(columns, await loadJsonStringReader());
    const stored = StoredRowReader.for(columns);
    return new PlainLane({ json, stored, value: new ValueRowReader(columns) }, columns, options);
  }

  /** Takes a row, unless there is anything to be said about it. */
  add(row: PairwiseRow, encoder: PairBatchEncoder): boolean {
    return this.#addJson(row, encoder) || this.#addStored(row, encoder) || this.#addValue(row, encoder);
  }

  #addJson(row: PairwiseRow, encoder: PairBatchEncoder): boolean {
    const { json: reader } = this.#readers;
    const json = reader && row.takeJson?.();
    const texts = json && reader?.read(json.bytes);
    return texts !== undefined && this.#addTexts(texts, { row, place: json!, encoder });
  }

  #addStored(row: PairwiseRow, encoder: PairBatchEncoder): boolean {
    const { stored: reader } = this.#readers;
    const stored = reader && row.takeStored?.();
    const texts = stored && reader?.read(stored);
    return texts !== undefined && this.#addTexts(texts, { row, place: row.at, encoder });
  }

  #addValue(row: PairwiseRow, encoder: PairBatchEncoder): boolean {
    const value = row.plain ?? row.value;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    const texts = isObject && !isMalformed(row) ? this.#readers.value.read(value) : undefined;
    return texts !== undefined && this.#addTexts(texts, { row, place: row.at, encoder });
  }

  #addTexts(
    { system, prompt, preferred, nonPreferred, margin }: RowTexts,
    { row, place, encoder }: TakenRow,
  ): boolean {
    // Of scores that do not agree with the verdict a note is made.
    if (margin !== undefined && !(margin > 0)) {
      return false;
    }
    const pair = this.#pair;
    this.#row = row;
    pair.system = system ?? this.#options.system;
    pair.prompt = prompt;
    pair.preferred = preferred;
    pair.nonPreferred = nonPreferred;
    pair.margin = margin;
    pair.ordinal = place.ordinal ?? 0;
    pair.line = place.line ?? 0;
    pair.transforms = pair.system === system ? this.#transforms : [...this.#transforms, "system-from-option"];
    encoder.addTextPair(pair);
    return true;
  }
}

interface TakenRow {
  readonly row: PairwiseRow;
  readonly place: { readonly ordinal?: number | undefined; readonly line?: number | undefined };
  readonly encoder: PairBatchEncoder;
}
