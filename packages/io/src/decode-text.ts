import { decodeToUtf8 } from "./decode-to-utf8.ts";
import { type DecompressChunksOptions, decompressChunks } from "./decompress-chunks.ts";
import type { Compression } from "./decompression.ts";
import { type DetectedEncoding, detectEncoding } from "./detect-encoding.ts";
import { type PeekedChunks, peekChunks } from "./peek-chunks.ts";
import { readChunks } from "./read-chunks.ts";
import { refuseUnreadable, textKinds } from "./refuse-unreadable.ts";
import { type SniffedKind, sniffBytes } from "./sniff-bytes.ts";
import type { Source } from "./source.ts";
import { byteOrderMarkOf, parseEncodingName, type TextEncodingName } from "./text-encoding.ts";

/** How a text is opened. */
export interface DecodeTextOptions extends DecompressChunksOptions {
  /** Overrides what would be detected; any name {@link parseEncodingName} knows. */
  encoding?: string;
  signal?: AbortSignal;
  /** How much of the beginning decides the encoding. Default: 1 MiB. */
  headBytes?: number;
  /** What the caller reads; all else is refused. Default: any text. */
  accept?: readonly SniffedKind[];
}

/** A source opened as text. */
export interface DecodedText {
  compression: Compression;
  encoding: TextEncodingName;
  /** Why it is read in that encoding: completes "because …". */
  encodingReason: string;
  /** Whether it began with a byte order mark, which is left out. */
  byteOrderMark: boolean;
  /** What the text looks like. */
  kind: SniffedKind;
  /** The beginning of the text as UTF-8, 1 MiB or all there is. Must not be changed. */
  head: Uint8Array;
  headIsComplete: boolean;
  /** The whole text as UTF-8, from the start. Invalid sequences are passed on: the reader of records finds them. */
  chunks: AsyncGenerator<Uint8Array, void, undefined>;
}

/**
 * Opens a source as text: unpacks it, refuses what cannot be read, decides the encoding by the first MiB and
 * decodes to UTF-8. All that is decided depends on the bytes alone, not on how they arrive.
 *
 * @throws IO_EMPTY IO_GIT_LFS_POINTER IO_HTML_PAGE IO_UNSUPPORTED_FORMAT IO_ENCODING_UNKNOWN; while reading also
 * IO_DECOMPRESSION_FAILED IO_DECOMPRESSION_BOMB
 */
export async function decodeText(source: Source, options: DecodeTextOptions = {}): Promise<DecodedText> {
  const { headBytes = 1 << 20 } = options;
  const { compression, chunks } = await decompressChunks(readChunks(source, options), options);
  const raw = await peekChunks(chunks, headBytes);
  try {
    refuse(raw, options);
    const detected = chooseEncoding(raw, options.encoding);
    const text = await peekChunks(decodeToUtf8(raw.chunks, detected.encoding), headBytes);
    const kind = refuse(text, options);
    return {
      compression,
      encoding: detected.encoding,
      encodingReason: detected.reason,
      byteOrderMark: detected.byteOrderMark,
      kind,
      head: text.head,
      headIsComplete: text.complete,
      chunks: text.chunks,
    };
  } catch (error) {
    await raw.chunks.return();
    throw error;
  }
}

function refuse(peeked: PeekedChunks, options: DecodeTextOptions): SniffedKind {
  const { source = "input", accept = textKinds } = options;
  const kind = sniffBytes(peeked.head);
  // A gigabyte that begins with a MiB of white space is odd, but not empty.
  if (kind === "empty" && !peeked.complete) {
    return "text";
  }
  // With an encoding given, NULs are the user's business.
  if (!(kind === "binary" && options.encoding !== undefined)) {
    refuseUnreadable(kind, { source }, accept);
  }
  return kind;
}

function chooseEncoding(raw: PeekedChunks, name: string | undefined): DetectedEncoding {
  if (name === undefined) {
    return detectEncoding(raw.head, raw.complete);
  }
  const encoding = parseEncodingName(name, raw.head);
  const byteOrderMark = byteOrderMarkOf(raw.head) === encoding;
  return { encoding, reason: "it was asked for", byteOrderMark };
}
