import { byteOrderMarkOf } from "./text-encoding.ts";
import { countUtf8 } from "./utf8-validity.ts";
import { utf16Pattern } from "./utf16-pattern.ts";

/**
 * What a source is by its first bytes. `json-array` and `json-object-lines` say only that the text begins with
 * `[` or `{`; `text` is any other text; `binary` is what is no text and not known.
 */
export type SniffedKind =
  | "gzip"
  | "zstd"
  | "zip"
  | "xlsx"
  | "ods"
  | "parquet"
  | "arrow"
  | "pdf"
  | "sqlite"
  | "git-lfs-pointer"
  | "html"
  | "empty"
  | "json-array"
  | "json-object-lines"
  | "binary"
  | "text";

/**
 * Says what a source is by its first bytes, whatever its name is.
 * @param head the first bytes, 1 MiB or all there are: the same head always gives the same answer.
 */
export function sniffBytes(head: Uint8Array): SniffedKind {
  return magicKind(head) ?? (isBinary(head) ? "binary" : textKind(head));
}

/** Bytes at the very start that tell a format: text, or numbers where they are not ASCII. */
const magics: readonly (readonly [SniffedKind, string | readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  // https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["parquet", "PAR1"],
  ["arrow", "ARROW1"],
  ["arrow", "FEA1"],
  // The stream format has no magic; each of its messages begins so, as no text does.
  ["arrow", [0xff, 0xff, 0xff, 0xff]],
  ["pdf", "%PDF-"],
  ["sqlite", "SQLite format 3\0"],
  ["git-lfs-pointer", "version https://git-lfs"],
  // UTF-32 has the byte order mark of UTF-16, then NULs.
  ["binary", [0xff, 0xfe, 0, 0]],
  ["binary", [0, 0, 0xfe, 0xff]],
];

function magicKind(head: Uint8Array): SniffedKind | undefined {
  for (const [kind, magic] of magics) {
    if (startsWith(head, magic, 0)) {
      return kind;
    }
  }
  return startsWith(head, "PK\x03\x04", 0) || startsWith(head, "PK\x05\x06", 0) ? zipKind(head) : undefined;
}

function startsWith(bytes: Uint8Array, magic: string | readonly number[], at: number): boolean {
  for (let index = 0; index < magic.length; index += 1) {
    const expected = typeof magic === "string" ? magic.charCodeAt(index) : magic[index];
    if (bytes[at + index] !== expected) {
      return false;
    }
  }
  return true;
}

/** What the names in a zip tell: a local header is 30 bytes long, then comes the name, then the content. */
function zipKind(head: Uint8Array): SniffedKind {
  for (let at = head.indexOf(0x50); at !== -1; at = head.indexOf(0x50, at + 1)) {
    if (!startsWith(head, "PK\x03\x04", at)) {
      continue;
    }
    if (startsWith(head, "xl/", at + 30)) {
      return "xlsx";
    }
    if (startsWith(head, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", at + 30)) {
      return "ods";
    }
  }
  return "zip";
}

/** Text has no NULs, save stray ones: in what is else valid UTF-8 up to one byte in ten, else one in a thousand. */
function isBinary(head: Uint8Array): boolean {
  let nulls = 0;
  for (let at = head.indexOf(0); at !== -1; at = head.indexOf(0, at + 1)) {
    nulls += 1;
  }
  if (nulls === 0 || byteOrderMarkOf(head) !== undefined || utf16Pattern(head) !== undefined) {
    return false;
  }
  return countUtf8(head, true).invalid === 0
    ? head.length >= 512 && nulls * 10 > head.length
    : nulls * 1000 > head.length;
}

const htmlTag = /^<(?:!doctype\s+html|html)(?:[\s>]|$)/iu;

/** What a text begins with. Only its first 64 Ki code units matter, save for being empty. */
function textKind(head: Uint8Array): SniffedKind {
  const text = asciiOf(head).trimStart();
  if (text === "") {
    return asciiOf(head, head.length).trimStart() === "" ? "empty" : "text";
  }
  if (htmlTag.test(withoutComments(text))) {
    return "html";
  }
  return text[0] === "[" ? "json-array" : text[0] === "{" ? "json-object-lines" : "text";
}

/** The text behind the comments and the XML declaration that it begins with. */
function withoutComments(text: string): string {
  let rest = text;
  for (let end = 0; end !== -1; ) {
    const closing = rest.startsWith("<!--") ? "-->" : rest.startsWith("<?xml") ? "?>" : undefined;
    end = closing === undefined ? -1 : rest.indexOf(closing);
    rest = end === -1 ? rest : rest.slice(end + closing!.length).trimStart();
  }
  return rest;
}

/** The text with everything that is not ASCII as `?`: enough to tell what it begins with. */
function asciiOf(head: Uint8Array, length = 1 << 16): string {
  const mark = byteOrderMarkOf(head);
  const encoding = mark ?? utf16Pattern(head) ?? "utf-8";
  const start = mark === undefined ? 0 : mark === "utf-8" ? 3 : 2;
  const step = encoding === "utf-8" ? 1 : 2;
  const low = encoding === "utf-16be" ? 1 : 0;
  const parts: string[] = [];
  const end = Math.min(head.length, start + length * step);
  for (let at = start; at + step <= end; at += step) {
    const unit = head[at + low]!;
    const isAscii = unit < 0x80 && (step === 1 || head[at + 1 - low] === 0);
    parts.push(isAscii ? String.fromCharCode(unit) : "?");
  }
  return parts.join("");
}
