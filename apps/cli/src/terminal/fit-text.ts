import { displayWidth, graphemes, graphemeWidth } from "./display-width.ts";

/** A text cut to a width, the last columns taken by the ellipsis if anything was cut. Without colours. */
export function cutText(text: string, width: number, ellipsis: string): string {
  // What cannot be shown is not measured: a text may be megabytes.
  const near = text.length > width * 8 + 64 ? text.slice(0, width * 8 + 64) : text;
  if (near === text && displayWidth(text) <= width) {
    return text;
  }
  return takeWidth(near, Math.max(0, width - displayWidth(ellipsis))) + ellipsis;
}

/** A text padded with spaces to a width, on its left or on its right. */
export function padText(text: string, width: number, align: "left" | "right" = "left"): string {
  const padding = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + padding : padding + text;
}

/** Lines of at most `width` columns, broken at spaces, in a word only where it is longer than a line. */
export function wrapText(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, Math.max(1, width)));
}

/** A text wrapped with every line but the first indented. Colours may be in it. */
export function wrapHanging(text: string, width: number, indent: number): string[] {
  return wrapText(text, width - indent).map((line, index) =>
    index === 0 ? line : " ".repeat(indent) + line,
  );
}

/**
 * A place and what is said of it: on one line if that fits, else the place on a line of its own, unbroken, so
 * that a terminal can still open it.
 */
export function placeAndText(place: string, text: string, width: number): string[] {
  if (displayWidth(place) > width / 2 && displayWidth(`${place} ${text}`) > width) {
    return [place, ...wrapText(text, width - 2).map((line) => `  ${line}`)];
  }
  return wrapHanging(`${place} ${text}`, width, 2);
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/u)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") {
      lines.push(line);
    }
    const pieces = breakWord(word, width);
    line = pieces.pop()!;
    for (const piece of pieces) {
      lines.push(piece);
    }
  }
  return [...lines, line];
}

function breakWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    // At least one character a piece, or a wide one would never fit into a single column.
    const piece = atBreak(takeWidth(rest, width)) || graphemes(rest)[0]!;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}

/** A piece up to its last comma, slash or the like, if that is not too near its start. */
function atBreak(piece: string): string {
  const end = /^.*[,;/]/su.exec(piece)?.[0] ?? "";
  return end.length > piece.length / 2 ? end : piece;
}

function takeWidth(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const character of graphemes(text)) {
    used += graphemeWidth(character);
    if (used > width) {
      break;
    }
    taken += character;
  }
  return taken;
}
