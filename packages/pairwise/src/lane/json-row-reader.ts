import { type JsonStringReader, sameBytes, type TextSpan } from "@dpo-kit/batch";
import { isValidUtf8 } from "@dpo-kit/io";
import { JsonTokens } from "./json-tokens.ts";
import type { LaneColumns } from "./lane-columns.ts";
import type { RowTexts } from "./row-texts.ts";
import {
  rolesInOrder,
  type SpanMessage,
  type SpanTexts,
  spanOf,
  textsOfColumns,
  textsOfConversations,
} from "./span-texts.ts";

/**
 * Reads rows of plain texts from their JSON, several times as fast as `JSON.parse` would. It takes a row only if it
 * is sure of what the row says and there is nothing to be said about it.
 */
export class JsonRowReader {
  readonly #tokens: JsonTokens;
  readonly #layout: LaneColumns["layout"];
  readonly #columns: readonly Column[];
  readonly #prompt: Column;
  readonly #preferred: Column;
  readonly #nonPreferred: Column;
  readonly #preferredScore: Column;
  readonly #nonPreferredScore: Column;
  #messages: SpanMessage[] = [];

  private constructor(columns: LaneColumns, strings: JsonStringReader) {
    const { layout, prompt, preferred, nonPreferred, preferredScore, nonPreferredScore } = columns;
    const takeAnswer = layout === "conversations" ? this.#takeMessages : this.#takeText;
    this.#tokens = new JsonTokens(strings);
    this.#layout = layout;
    this.#prompt = columnOf(prompt, this.#takeText);
    this.#preferred = columnOf(preferred, takeAnswer);
    this.#nonPreferred = columnOf(nonPreferred, takeAnswer);
    this.#preferredScore = columnOf(preferredScore, this.#takeNumber);
    this.#nonPreferredScore = columnOf(nonPreferredScore, this.#takeNumber);
    this.#columns = [
      this.#prompt,
      this.#preferred,
      this.#nonPreferred,
      this.#preferredScore,
      this.#nonPreferredScore,
    ].filter(({ name }) => name !== undefined);
  }

  /**
   * The reader for rows of some columns; undefined where a score stands inside of another column, or a column plays
   * two parts.
   */
  static for(columns: LaneColumns, strings: JsonStringReader): JsonRowReader | undefined {
    const { layout: _, ...parts } = columns;
    const used = Object.values(parts).filter((column) => column !== undefined);
    const isNested = [columns.preferredScore, columns.nonPreferredScore].some((each) => each?.includes("."));
    return isNested || new Set(used).size < used.length ? undefined : new JsonRowReader(columns, strings);
  }

  /** The texts of a row, until the next call of any reader of JSON; undefined where it is not taken. */
  read(json: Uint8Array): RowTexts | undefined {
    const tokens = this.#tokens;
    for (const column of this.#columns) {
      column.text = undefined;
      column.number = undefined;
      column.messages = noMessages;
    }
    const isRead = tokens.begin(json) && tokens.members(this.#takeMember) && tokens.isAtEnd();
    if (!isRead || !(tokens.ascii || isValidUtf8(json))) {
      return undefined;
    }
    const texts = this.#layout === "conversations" ? this.#textsOfMessages() : this.#texts();
    return texts && { ...texts, margin: this.#margin() };
  }

  readonly #takeMember = (name: TextSpan): boolean => {
    for (const column of this.#columns) {
      if (sameBytes(name, column.name!)) {
        return column.take(column);
      }
    }
    // What has a record may be an entry of a rejects file: the record is then the row.
    return !sameBytes(name, names.record) && this.#tokens.skip();
  };

  /** A text; anything else is none, and passed over. */
  readonly #takeText = (column: Column): boolean => {
    if (!this.#tokens.isTextNext()) {
      return this.#tokens.skip();
    }
    column.text = this.#tokens.text();
    return column.text !== undefined;
  };

  readonly #takeNumber = (column: Column): boolean => {
    if (!this.#tokens.isNumberNext()) {
      return this.#tokens.skip();
    }
    column.number = this.#tokens.number();
    return column.number !== undefined;
  };

  readonly #takeMessages = (column: Column): boolean => {
    this.#messages = [];
    column.messages = this.#messages;
    return this.#tokens.elements(this.#takeMessage);
  };

  readonly #takeMessage = (): boolean => {
    const message: SpanMessage = { role: undefined, content: undefined };
    this.#messages.push(message);
    return this.#messages.length <= rolesInOrder.length && this.#tokens.members(this.#takeMessageMember);
  };

  readonly #takeMessageMember = (name: TextSpan): boolean => {
    const message = this.#messages.at(-1)!;
    if (sameBytes(name, names.role)) {
      message.role = this.#tokens.word();
      return message.role !== undefined;
    }
    if (sameBytes(name, names.content)) {
      message.content = this.#tokens.text();
      return message.content !== undefined;
    }
    return false;
  };

  #texts(): SpanTexts | undefined {
    return textsOfColumns({
      prompt: this.#prompt.text,
      preferred: this.#preferred.text,
      nonPreferred: this.#nonPreferred.text,
    });
  }

  #textsOfMessages(): SpanTexts | undefined {
    return textsOfConversations({
      prompt: this.#prompt.text,
      preferred: this.#preferred.messages,
      nonPreferred: this.#nonPreferred.messages,
    });
  }

  #margin(): number | undefined {
    const better = this.#preferredScore.number;
    const worse = this.#nonPreferredScore.number;
    return isScore(better) && isScore(worse) ? better - worse : undefined;
  }
}

const noMessages: readonly SpanMessage[] = [];

/** A column that is looked for, and what the row in work has there. */
interface Column {
  readonly name: TextSpan | undefined;
  readonly take: (column: Column) => boolean;
  text: TextSpan | undefined;
  number: number | undefined;
  messages: readonly SpanMessage[];
}

function columnOf(name: string | undefined, take: Column["take"]): Column {
  return {
    name: name === undefined ? undefined : spanOf(name),
    take,
    text: undefined,
    number: undefined,
    messages: noMessages,
  };
}

const names = { record: spanOf("record"), role: spanOf("role"), content: spanOf("content") };

function isScore(score: number | undefined): score is number {
  return Number.isFinite(score);
}
