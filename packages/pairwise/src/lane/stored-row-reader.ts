import type { TextSpan } from "@dpo-kit/batch";
import type { StoredJson } from "@dpo-kit/io";
import type { LaneColumns } from "./lane-columns.ts";
import type { RowTexts } from "./row-texts.ts";
import { type SpanMessage, type SpanTexts, textsOfColumns, textsOfConversations } from "./span-texts.ts";

/** A row of a table with its texts as bytes. */
type StoredRow = Readonly<Record<string, StoredJson>>;

/** Reads rows of tables from the bytes of their texts. It takes a row only if nothing is to be said about its texts. */
export class StoredRowReader {
  readonly #columns: LaneColumns;

  private constructor(columns: LaneColumns) {
    this.#columns = columns;
  }

  /** The reader for rows of some columns; undefined where a score stands inside of another column. */
  static for(columns: LaneColumns): StoredRowReader | undefined {
    const scores = [columns.preferredScore, columns.nonPreferredScore];
    return scores.some((column) => column?.includes(".")) ? undefined : new StoredRowReader(columns);
  }

  /** The texts of a row; undefined where it is not taken. */
  read(row: StoredRow): RowTexts | undefined {
    const texts = this.#textsOf(row);
    return texts && { ...texts, margin: this.#marginOf(row) };
  }

  #textsOf(row: StoredRow): SpanTexts | undefined {
    const columns = this.#columns;
    const beside = own(row, columns.prompt);
    const [preferred, nonPreferred] = [own(row, columns.preferred), own(row, columns.nonPreferred)];
    if (columns.layout === "texts") {
      const [prompt, better, worse] = [beside, preferred, nonPreferred].map(spanOf);
      return textsOfColumns({ prompt, preferred: better, nonPreferred: worse });
    }
    // What is a text only by its bytes is a string already.
    return typeof beside === "string"
      ? undefined
      : textsOfConversations({
          prompt: spanOf(beside),
          preferred: messagesOf(preferred),
          nonPreferred: messagesOf(nonPreferred),
        });
  }

  #marginOf(row: StoredRow): number | undefined {
    const better = own(row, this.#columns.preferredScore);
    const worse = own(row, this.#columns.nonPreferredScore);
    return typeof better === "number" && typeof worse === "number" ? better - worse : undefined;
  }
}

function own(row: StoredRow, column: string | undefined): StoredJson | undefined {
  return column !== undefined && Object.hasOwn(row, column) ? row[column] : undefined;
}

function spanOf(value: StoredJson | undefined): TextSpan | undefined {
  return value instanceof Uint8Array ? { bytes: value, start: 0, end: value.length } : undefined;
}

function messagesOf(value: StoredJson | undefined): readonly SpanMessage[] {
  return Array.isArray(value) ? value.map(messageOf) : [];
}

function messageOf(value: StoredJson): SpanMessage {
  const isMessage = typeof value === "object" && value !== null && Object.keys(value).length === 2;
  const { role, content } = (isMessage ? value : {}) as { role?: StoredJson; content?: StoredJson };
  return { role: spanOf(role), content: spanOf(content) };
}
