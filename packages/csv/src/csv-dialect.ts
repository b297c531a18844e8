import { DataError } from "@dpo-kit/schema";
import type { CsvSyntax } from "./syntax.ts";

/** How the records of a text end; `mixed` if not all in the same way. Each record may end as it likes. */
export type CsvNewline = "\n" | "\r\n" | "\r" | "mixed";

/** How a delimited text is written. */
export interface CsvDialect {
  /** One ASCII character: `,` `;` a tab or `|` where it was detected. */
  readonly delimiter: string;
  /** One ASCII character; empty where none quotes. */
  readonly quote: string;
  /** For information: it does not change how the text is read. */
  readonly newline: CsvNewline;
  /** Whether the first line is Excel's `sep=;`, which names the delimiter and is no record. */
  readonly separatorLine: boolean;
  /** 0 to 1: the share of the sampled records that have as many fields as the header. */
  readonly confidence: number;
  /** Why this delimiter: completes "because …". */
  readonly reason: string;
}

/** What of the dialect is given instead of found. */
export interface CsvDialectOptions {
  /** One ASCII character, or `\t` or `tab` for a tab. Default: found among `,` `;` tab and `|`. */
  readonly delimiter?: string | undefined;
  /** One ASCII character, or an empty text where no character quotes. Default `"`. */
  readonly quote?: string | undefined;
}

/** The bytes a dialect cuts at. */
export function syntaxOf(dialect: { delimiter: string; quote: string }): CsvSyntax {
  return {
    delimiter: dialect.delimiter.charCodeAt(0),
    quote: dialect.quote === "" ? -1 : dialect.quote.charCodeAt(0),
  };
}

/**
 * The delimiter that an option names; undefined where it names none.
 *
 * @throws RUN_OPTION_INVALID
 */
export function parseDelimiter(text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const delimiter = text === "\\t" || text.toLowerCase() === "tab" ? "\t" : text;
  return checkCharacter(delimiter, "delimiter");
}

/**
 * The quote that an option names; `"` where it names none.
 *
 * @throws RUN_OPTION_INVALID
 */
export function parseQuote(text: string | undefined, delimiter: string | undefined): string {
  const quote = text ?? '"';
  if (quote !== "" && quote === delimiter) {
    throw invalidOption(`The quote and the delimiter are both ${JSON.stringify(quote)}`);
  }
  return quote === "" ? quote : checkCharacter(quote, "quote");
}

function checkCharacter(text: string, name: string): string {
  if (text.length !== 1 || text.charCodeAt(0) > 0x7e || text === "\n" || text === "\r" || text === "\0") {
    throw invalidOption(`The ${name} must be one ASCII character, not ${JSON.stringify(text.slice(0, 20))}`);
  }
  return text;
}

function invalidOption(message: string): DataError {
  return new DataError("RUN_OPTION_INVALID", {
    message,
    hint: "Give one ASCII character, for instance --delimiter ';' or --delimiter '\\t'.",
  });
}
