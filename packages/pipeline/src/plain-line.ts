import { type JsonStringReader, loadJsonStringReader, type TextSpan } from "@dpo-kit/batch";
import { isBlank, isSameText } from "@dpo-kit/schema";

/** The texts of a line that is one question, perhaps behind an instruction, and its two answers. */
export interface PlainLine {
  readonly system: TextSpan | undefined;
  readonly prompt: TextSpan;
  readonly preferred: TextSpan;
  readonly nonPreferred: TextSpan;
  /** Whether the canonical line of these texts is this very line, byte for byte. */
  readonly canonical: boolean;
}

/**
 * Reads lines of the commonest shape from their bytes, several times as fast as `JSON.parse` would: members in the
 * canonical order, with or without spaces between tokens and with or without `tools` and `parallel_tool_calls` at
 * their defaults. Every other line is not taken, and so is one of which there would be anything to say, or of more than 1 MiB.
 */
export class PlainLineReader {
  readonly #strings: JsonStringReader;
  #length = 0;
  #at = 0;
  #canonical = true;
  #ascii = true;
  #textsEnd = 0;

  private constructor(strings: JsonStringReader) {
    this.#strings = strings;
  }

  static async create(): Promise<PlainLineReader> {
    return new PlainLineReader(await loadJsonStringReader());
  }

  /** The texts of a line without its end, until the next call of any reader; undefined where it is not taken. */
  read(line: Uint8Array): PlainLine | undefined {
    if (line.length > this.#strings.maxBytes) {
      return undefined;
    }
    this.#begin(line);
    const system = this.#takes(systemFirst) ? this.#text() : undefined;
    const isBegun = system === undefined ? this.#takes(userFirst) : this.#takes(userSecond);
    const prompt = isBegun ? this.#text() : undefined;
    const preferred = prompt && this.#takesPromptEnd() ? this.#text() : undefined;
    const nonPreferred = preferred && this.#takes(betweenAnswers) ? this.#text() : undefined;
    if (nonPreferred === undefined || !this.#takes(end) || !this.#isAtEnd() || this.#holdsMark()) {
      return undefined;
    }
    const texts = { system, prompt: prompt!, preferred: preferred!, nonPreferred };
    return this.#isSound(texts) ? { ...texts, canonical: this.#canonical } : undefined;
  }

  #begin(line: Uint8Array): void {
    this.#strings.begin(line);
    this.#length = line.length;
    this.#at = 0;
    this.#canonical = true;
    this.#ascii = true;
    this.#textsEnd = 0;
  }

  #takesPromptEnd(): boolean {
    if (this.#takes(promptEnd)) {
      return true;
    }
    this.#canonical = false;
    return this.#takes(leanPromptEnd);
  }

  /** Goes behind a piece of JSON, if it is next; between its tokens there may be spaces. */
  #takes(piece: Uint8Array): boolean {
    const { json } = this.#strings;
    let at = this.#at;
    let inString = false;
    let spaced = false;
    for (let index = 0; index < piece.length; index += 1) {
      const byte = piece[index]!;
      while (!inString && json[at] === SPACE) {
        at += 1;
        spaced = true;
      }
      if (json[at] !== byte) {
        return false;
      }
      at += 1;
      inString = byte === QUOTE ? !inString : inString;
    }
    this.#at = at;
    this.#canonical &&= !spaced;
    return true;
  }

  #isAtEnd(): boolean {
    const { json } = this.#strings;
    this.#canonical &&= this.#at === this.#length;
    while (this.#at < this.#length && json[this.#at] === SPACE) {
      this.#at += 1;
    }
    return this.#at === this.#length;
  }

  /** The text whose first character is next; goes behind the quote at its end. */
  #text(): TextSpan | undefined {
    const found = this.#strings.read(this.#at);
    if (found === undefined) {
      return undefined;
    }
    const { start, end, next, canonical, ascii } = found;
    this.#at = next;
    this.#textsEnd = end;
    this.#canonical &&= canonical;
    this.#ascii &&= ascii;
    return { bytes: this.#strings.texts, start, end };
  }

  /** Whether `<|` stands somewhere, with which the reserved tokens of chat templates begin. */
  #holdsMark(): boolean {
    const texts = this.#strings.texts.subarray(0, this.#textsEnd);
    let bar = texts.indexOf(VERTICAL_BAR, 1);
    while (bar !== -1 && texts[bar - 1] !== LESS_THAN) {
      bar = texts.indexOf(VERTICAL_BAR, bar + 1);
    }
    return bar !== -1;
  }

  /** Whether the texts are valid UTF-8, none of them is blank, and the answers are not the same. */
  #isSound({ system, prompt, preferred, nonPreferred }: Omit<PlainLine, "canonical">): boolean {
    const spoken = [prompt, preferred, nonPreferred];
    if (this.#ascii && spoken.every(isWithoutSpaceAround) && (!system || isWithoutSpaceAround(system))) {
      return !isSameBytes(preferred, nonPreferred);
    }
    const texts = [...spoken, ...(system === undefined ? [] : [system])].map(decode);
    return texts.every((text) => text !== undefined && !isBlank(text)) && !isSameText(texts[1]!, texts[2]!);
  }
}

const QUOTE = 0x22;
const SPACE = 0x20;
const LESS_THAN = 0x3c;
const VERTICAL_BAR = 0x7c;

/** Of ASCII: then it is not blank, and the same as another only if all bytes are. */
function isWithoutSpaceAround({ bytes, start, end }: TextSpan): boolean {
  return start < end && bytes[start]! > SPACE && bytes[end - 1]! > SPACE;
}

function isSameBytes(one: TextSpan, other: TextSpan): boolean {
  const length = one.end - one.start;
  let index = 0;
  while (index < length && one.bytes[one.start + index] === other.bytes[other.start + index]) {
    index += 1;
  }
  return index === length && length === other.end - other.start;
}

/** Undefined where it is not valid UTF-8. */
function decode({ bytes, start, end }: TextSpan): string | undefined {
  try {
    return strict.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf8 = new TextEncoder();
const systemFirst = utf8.encode('{"input":{"messages":[{"role":"system","content":"');
const userFirst = utf8.encode('{"input":{"messages":[{"role":"user","content":"');
const userSecond = utf8.encode('},{"role":"user","content":"');
const promptEnd = utf8.encode(
  '}],"tools":[],"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":"',
);
const leanPromptEnd = utf8.encode('}]},"preferred_output":[{"role":"assistant","content":"');
const betweenAnswers = utf8.encode('}],"non_preferred_output":[{"role":"assistant","content":"');
const end = utf8.encode("}]}");
