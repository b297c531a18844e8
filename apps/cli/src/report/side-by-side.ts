import type { PreviewPair } from "@dpo-kit/pipeline";
import { cutText, padText, wrapText } from "../terminal/fit-text.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { visibleText } from "../terminal/visible-text.ts";

/** Lines shown of a prompt, and of an answer. */
const PROMPT_LINES = 5;
const ANSWER_LINES = 8;
/** Narrower than this, the answers stand under each other. */
const TWO_COLUMNS_FROM = 72;
/** Characters of a text that are looked at: what is shown is far less. */
const LOOKED_AT = 4000;

/** One pair for the eye: the prompt, and below it the answers beside each other. */
export function sideBySide(pair: PreviewPair, label: string, style: TextStyle): string[] {
  const { palette, width } = style;
  return [
    palette.strong(label),
    ...excerptLines(pair.prompt, { width: width - 2, lines: PROMPT_LINES, style }).map((line) => `  ${line}`),
    "",
    ...(width >= TWO_COLUMNS_FROM ? twoColumns(pair, style) : underEachOther(pair, style)),
  ];
}

function twoColumns({ preferred, nonPreferred }: PreviewPair, style: TextStyle): string[] {
  const { palette, symbols } = style;
  const column = Math.floor((style.width - 5) / 2);
  const left = excerptLines(preferred, { width: column, lines: ANSWER_LINES, style });
  const right = excerptLines(nonPreferred, { width: column, lines: ANSWER_LINES, style });
  const row = (one: string, other: string): string =>
    `  ${padText(one, column)} ${palette.faint(symbols.divider)} ${other}`.trimEnd();
  const height = Math.max(left.length, right.length);
  return [
    row(palette.success("preferred"), palette.warning("non-preferred")),
    ...Array.from({ length: height }, (_, index) => row(left[index] ?? "", right[index] ?? "")),
  ];
}

function underEachOther({ preferred, nonPreferred }: PreviewPair, style: TextStyle): string[] {
  const { palette, width } = style;
  const lines = (text: string): string[] =>
    excerptLines(text, { width: width - 4, lines: ANSWER_LINES, style }).map((line) => `    ${line}`);
  return [
    `  ${palette.success("preferred")}`,
    ...lines(preferred),
    `  ${palette.warning("non-preferred")}`,
    ...lines(nonPreferred),
  ];
}

interface ExcerptOptions {
  width: number;
  lines: number;
  style: TextStyle;
}

/** The start of a text in a few lines; an ellipsis stands where it goes on. Empty lines are left out. */
function excerptLines(text: string, { width, lines, style }: ExcerptOptions): string[] {
  const { ellipsis } = style.symbols;
  const start = visibleText(text.slice(0, LOOKED_AT)).replace(/\t/gu, "    ");
  const wrapped = wrapText(start, width).filter((line) => line.trim() !== "");
  if (wrapped.length <= lines && text.length <= LOOKED_AT) {
    return wrapped;
  }
  const shown = wrapped.slice(0, lines);
  const last = shown.pop() ?? "";
  return [...shown, cutText(`${last} ${ellipsis}`, width, ellipsis)];
}
