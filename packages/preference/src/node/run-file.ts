import { type FileHandle, open } from "node:fs/promises";
import { formatLine, parseLine, type SortedLine } from "./sorted-line.ts";

const CHUNK_BYTES = 64 * 1024;
const WRITE_CHARACTERS = 256 * 1024;

/** Writes lines, which come in order, to a new file. */
export async function writeRun(
  path: string,
  lines: AsyncIterable<SortedLine> | Iterable<SortedLine>,
): Promise<void> {
  const file = await open(path, "wx");
  try {
    let pending: string[] = [];
    let length = 0;
    for await (const line of lines) {
      const text = formatLine(line);
      pending.push(text);
      length += text.length;
      if (length >= WRITE_CHARACTERS) {
        await file.writeFile(pending.join(""));
        pending = [];
        length = 0;
      }
    }
    await file.writeFile(pending.join(""));
  } finally {
    await file.close();
  }
}

/** Reads the lines of a run, one after the other. */
export class RunReader {
  readonly #file: FileHandle;
  readonly #chunk: Buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  /** Lines that are read and not yet taken, last first. */
  #lines: SortedLine[] = [];
  /** Pieces of a line whose end is not read yet: kept apart, so that a huge line costs linear time. */
  #partial: Buffer[] = [];

  constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<RunReader> {
    return new RunReader(await open(path, "r"));
  }

  /** The line that stands first; undefined where more must be read with {@link fill}, or nothing is left. */
  get current(): SortedLine | undefined {
    return this.#lines.at(-1);
  }

  /** Goes past the current line. */
  advance(): void {
    this.#lines.pop();
  }

  /** Reads until there is a current line; false at the end. */
  async fill(): Promise<boolean> {
    while (this.#lines.length === 0) {
      const { bytesRead } = await this.#file.read(this.#chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) {
        return false;
      }
      this.#split(this.#chunk.subarray(0, bytesRead));
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #split(bytes: Buffer): void {
    const last = bytes.lastIndexOf(0x0a);
    if (last === -1) {
      this.#partial.push(Buffer.from(bytes));
      return;
    }
    const whole = Buffer.concat([...this.#partial, bytes.subarray(0, last)]).toString("utf8");
    this.#partial = [Buffer.from(bytes.subarray(last + 1))];
    this.#lines = whole.split("\n").map(parseLine).reverse();
  }
}
