import type { FileCheck } from "./rule.ts";

/** One MB as providers count it: 2^20 bytes. */
export const MEGABYTE: number = 2 ** 20;
/** One GB as providers count it: 2^30 bytes. */
export const GIGABYTE: number = 2 ** 30;

/** At least so many lines that are not blank. */
export function fewestLines(count: number): FileCheck {
  return ({ lines }) =>
    lines < count ? { expected: `at least ${plural(count, "line")}`, found: lines } : undefined;
}

/** At most so many lines that are not blank. */
export function mostLines(count: number): FileCheck {
  return ({ lines }) =>
    lines > count ? { expected: `at most ${plural(count, "line")}`, found: lines } : undefined;
}

/** At most so many bytes. `limit` is how people write it: `512 MB`. */
export function mostBytes(count: number, limit: string): FileCheck {
  return ({ bytes }) => (bytes > count ? { expected: `at most ${limit}`, found: bytes } : undefined);
}

/** No byte order mark. */
export const noByteOrderMark: FileCheck = ({ hasByteOrderMark }) =>
  hasByteOrderMark ? { expected: "UTF-8 without byte order mark", found: "EF BB BF" } : undefined;

/** No blank line. */
export const noBlankLines: FileCheck = ({ blankLines }) =>
  blankLines > 0 ? { expected: "no blank line", found: blankLines } : undefined;

/** Lines end with LF alone. */
export const noCarriageReturns: FileCheck = ({ crlf }) =>
  crlf ? { expected: "LF", found: "CR LF" } : undefined;

/** The file is lines, not one array. */
export const noJsonArray: FileCheck = ({ jsonArray }) =>
  jsonArray === true ? { expected: "one object on each line", found: "[" } : undefined;

/** The name, where it is known, ends in `.jsonl`. */
export const nameEndsInJsonl: FileCheck = ({ name }) =>
  name !== undefined && !name.toLowerCase().endsWith(".jsonl")
    ? { expected: "a name that ends in .jsonl", found: name }
    : undefined;

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
