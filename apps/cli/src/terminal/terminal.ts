import { type Environment, showsUnicode, streamHasColor, streamIsLive } from "./capabilities.ts";
import { createPalette, type Palette } from "./palette.ts";
import { type Symbols, symbolsFor } from "./symbols.ts";

/** How text for one stream is to look. */
export interface TextStyle {
  readonly palette: Palette;
  readonly symbols: Symbols;
  /** Columns; between 40 and 120. */
  readonly width: number;
}

/** One of the two streams of a command, for text. */
export interface TextStream extends TextStyle {
  readonly isTTY: boolean;
  /** Whether it may be drawn over. */
  readonly isLive: boolean;
  /** Writes text as it is. */
  write(text: string): void;
  /** Writes lines, each with its end. */
  lines(lines: readonly string[]): void;
}

/** Standard output and standard error, as commands see them. */
export interface Terminal {
  readonly out: TextStream;
  readonly err: TextStream;
}

/** The part of a Node stream that is used. */
export interface RawStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a terminal is made of. */
export interface TerminalOptions {
  stdout: RawStream;
  stderr: RawStream;
  env: Environment;
  platform: string;
  /** Given with `--color` or `--no-color`. */
  color?: boolean | undefined;
}

const NARROWEST = 40;
const WIDEST = 120;
const USUAL = 80;

/** The two streams with their abilities, each looked at on its own: one may be a pipe and the other not. */
export function createTerminal(options: TerminalOptions): Terminal {
  return { out: createTextStream(options.stdout, options), err: createTextStream(options.stderr, options) };
}

function createTextStream(stream: RawStream, { env, platform, color }: TerminalOptions): TextStream {
  const isTTY = stream.isTTY === true;
  return {
    isTTY,
    isLive: streamIsLive(isTTY, env),
    width: widthOf(stream, env),
    palette: createPalette(streamHasColor({ color, isTTY, env })),
    symbols: symbolsFor(showsUnicode(env, platform)),
    write(text) {
      stream.write(text);
    },
    lines(lines) {
      if (lines.length > 0) {
        stream.write(`${lines.join("\n")}\n`);
      }
    },
  };
}

function widthOf(stream: RawStream, env: Environment): number {
  const columns = stream.columns ?? Number(env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? Math.min(WIDEST, Math.max(NARROWEST, columns)) : USUAL;
}
