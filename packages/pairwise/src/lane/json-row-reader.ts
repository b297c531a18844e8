import { type JsonStringReader, sameBytes, type TextSpan } from "@dpo-kit/batch";
import { isValidUtf8 } from "@dpo-kit/io";
import { JsonTokens } from "./json-tokens.ts";
import type { LaneColumns } from "./lane-columns.ts";
import { isFilled, isPlainQuestion, mayBeSameAnswer, repeats } from "./plain-spans.ts";
import type { RowTexts } from "./row-texts.ts";

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
  #messages: Message[] = [];

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
    return texts === undefined || mayBeSameAnswer(texts.preferred, texts.nonPreferred) ? undefined : texts;
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
    const message: Message = { role: undefined, content: undefined };
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
    const { text: prompt } = this.#prompt;
    const { text: preferred } = this.#preferred;
    const { text: nonPreferred } = this.#nonPreferred;
    return isFilled(prompt) && isFilled(preferred) && isFilled(nonPreferred) && isPlainQuestion(prompt)
      ? { prompt, preferred, nonPreferred, margin: this.#margin() }
      : undefined;
  }

  /** Of two conversations that are a question, perhaps behind an instruction, and its answers. */
  #textsOfMessages(): SpanTexts | undefined {
    const better = contentsOf(this.#preferred.messages);
    const worse = contentsOf(this.#nonPreferred.messages);
    if (better === undefined || worse?.length !== better.length) {
      return undefined;
    }
    const context = better.slice(0, -1);
    const prompt = context.at(-1)!;
    const beside = this.#prompt.text;
    const isOne = context.every((text, index) => sameBytes(text, worse[index]!));
    if (!isOne || (beside !== undefined && !repeats(beside, prompt))) {
      return undefined;
    }
    const [preferred, nonPreferred] = [better.at(-1)!, worse.at(-1)!];
    return { system: context.at(-2), prompt, preferred, nonPreferred, margin: this.#margin() };
  }

  #margin(): number | undefined {
    const better = this.#preferredScore.number;
    const worse = this.#nonPreferredScore.number;
    return isScore(better) && isScore(worse) ? better - worse : undefined;
  }
}

/** What a row says, as spans. */
interface SpanTexts extends RowTexts {
  readonly system?: TextSpan | undefined;
  readonly prompt: TextSpan;
  readonly preferred: TextSpan;
  readonly nonPreferred: TextSpan;
}

interface Message {
  role: TextSpan | undefined;
  content: TextSpan | undefined;
}

const noMessages: readonly Message[] = [];

/** A column that is looked for, and what the row in work has there. */
interface Column {
  readonly name: TextSpan | undefined;
  readonly take: (column: Column) => boolean;
  text: TextSpan | undefined;
  number: number | undefined;
  messages: readonly Message[];
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

function spanOf(text: string): TextSpan {
  const bytes = new TextEncoder().encode(text);
  return { bytes, start: 0, end: bytes.length };
}

const names = { record: spanOf("record"), role: spanOf("role"), content: spanOf("content") };
const rolesInOrder = ["system", "user", "assistant"].map(spanOf);

/** The texts of messages that begin with a system message or with the user's, and end with the first answer. */
function contentsOf(messages: readonly Message[]): TextSpan[] | undefined {
  const roles = rolesInOrder.slice(-messages.length);
  const contents = messages.map(({ content }) => content);
  const isPlain =
    messages.length >= 2 &&
    messages.every(({ role }, index) => role !== undefined && sameBytes(role, roles[index]!)) &&
    contents.every(isFilled);
  return isPlain ? (contents as TextSpan[]) : undefined;
}

function isScore(score: number | undefined): score is number {
  return Number.isFinite(score);
}
