import { byteOrderMarkOf, type TextEncodingName } from "./text-encoding.ts";
import { countUtf8 } from "./utf8-validity.ts";
import { utf16Pattern } from "./utf16-pattern.ts";

/** What encoding a text is in, and what tells so. */
export interface DetectedEncoding {
  encoding: TextEncodingName;
  /** For the user, as in `read as windows-1252: …`. */
  reason: string;
  /** Whether the text begins with a byte order mark. */
  byteOrderMark: boolean;
}

/**
 * Decides the encoding of a text by its beginning (1 MiB is meant): its byte order mark; else UTF-16 if its NUL
 * bytes tell so; else UTF-8 if it is valid, or if fewer than 1 % of its non-ASCII bytes are not; else
 * windows-1252. A sequence that the end of an incomplete head cuts off is not invalid.
 */
export function detectEncoding(head: Uint8Array, complete: boolean): DetectedEncoding {
  const mark = byteOrderMarkOf(head);
  if (mark !== undefined) {
    return { encoding: mark, reason: "it begins with a byte order mark", byteOrderMark: true };
  }
  const utf16 = utf16Pattern(head);
  if (utf16 !== undefined) {
    return { encoding: utf16, reason: "its NUL bytes are those of UTF-16", byteOrderMark: false };
  }
  return { ...utf8OrWindows(head, complete), byteOrderMark: false };
}

function utf8OrWindows(head: Uint8Array, complete: boolean): Pick<DetectedEncoding, "encoding" | "reason"> {
  const { nonAscii, invalid } = countUtf8(head, !complete);
  if (nonAscii === 0) {
    return { encoding: "utf-8", reason: "it begins as plain ASCII" };
  }
  if (invalid === 0) {
    return { encoding: "utf-8", reason: "it begins as valid UTF-8" };
  }
  const share = `${invalid} of ${nonAscii} non-ASCII bytes at its beginning are not valid UTF-8`;
  return invalid * 100 < nonAscii
    ? { encoding: "utf-8", reason: `only ${share}` }
    : { encoding: "windows-1252", reason: share };
}
