import { DataError } from "@dpo-kit/schema";

/** The encodings text is read in. */
export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

const names = new Map<string, TextEncodingName | "utf-16">([
  ["utf8", "utf-8"],
  ["ascii", "utf-8"],
  ["usascii", "utf-8"],
  ["utf8sig", "utf-8"],
  ["utf16", "utf-16"],
  ["utf16le", "utf-16le"],
  ["utf16be", "utf-16be"],
  ["ucs2", "utf-16"],
  ["windows1252", "windows-1252"],
  ["cp1252", "windows-1252"],
  ["latin1", "windows-1252"],
  ["iso88591", "windows-1252"],
  ["l1", "windows-1252"],
]);

/**
 * The encoding a name means; case, spaces, `-` and `_` do not matter. Latin-1 is read as windows-1252, as the
 * WHATWG encoding standard has it (https://encoding.spec.whatwg.org/#names-and-labels). Plain `utf-16` is
 * decided by the byte order mark in `head`, and is little-endian without one.
 *
 * @throws IO_ENCODING_UNKNOWN
 */
export function parseEncodingName(name: string, head: Uint8Array = new Uint8Array(0)): TextEncodingName {
  const encoding = names.get(name.toLowerCase().replace(/[\s_-]+/gu, ""));
  if (encoding === undefined) {
    throw new DataError("IO_ENCODING_UNKNOWN", {
      message: `The encoding ${JSON.stringify(name.slice(0, 40))} is not known`,
    });
  }
  if (encoding !== "utf-16") {
    return encoding;
  }
  return byteOrderMarkOf(head) === "utf-16be" ? "utf-16be" : "utf-16le";
}

/** The encoding that the byte order mark at the start tells, if there is one. */
export function byteOrderMarkOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return "utf-8";
  }
  if (first === 0xff && second === 0xfe) {
    return "utf-16le";
  }
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}
