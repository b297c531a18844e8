import type { TextEncodingName } from "./text-encoding.ts";
import type { Transcoder } from "./transcoder.ts";
import { createUtf16Transcoder } from "./utf16-transcoder.ts";
import { createWindows1252Transcoder } from "./windows-1252-transcoder.ts";

/** How text is decoded. */
export interface DecodeToUtf8Options {
  /** Whether a byte order mark at the very start is left out. Default: true. */
  skipByteOrderMark?: boolean;
}

/** The most bytes that are transcoded at once: bounds the size of the pieces that come out. */
const inputBytes = 1 << 18;

/**
 * A text as UTF-8 bytes, whatever its encoding. UTF-8 is passed on as it is, valid or not. In windows-1252 the
 * five bytes that stand for nothing become C1 controls. In UTF-16 half a surrogate pair becomes its three bytes
 * as in WTF-8 and a byte left over at the end becomes 0xFF: both are invalid UTF-8, so that the record that
 * holds them is found by {@link findInvalidUtf8}.
 */
export async function* decodeToUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
  options: DecodeToUtf8Options = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const text = encoding === "utf-8" ? chunks : transcode(chunks, transcoderOf(encoding));
  yield* options.skipByteOrderMark === false ? text : withoutByteOrderMark(text);
}

function transcoderOf(encoding: Exclude<TextEncodingName, "utf-8">): Transcoder {
  return encoding === "windows-1252"
    ? createWindows1252Transcoder(inputBytes)
    : createUtf16Transcoder(encoding, inputBytes);
}

async function* transcode(
  chunks: AsyncIterable<Uint8Array>,
  transcoder: Transcoder,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += inputBytes) {
      const bytes = transcoder.write(chunk.subarray(at, at + inputBytes));
      if (bytes.length > 0) {
        yield bytes;
      }
    }
  }
  const rest = transcoder.end();
  if (rest.length > 0) {
    yield rest;
  }
}

const mark = [0xef, 0xbb, 0xbf];

async function* withoutByteOrderMark(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let matched = 0;
  let deciding = true;
  for await (const chunk of chunks) {
    let at = 0;
    while (deciding && at < chunk.length) {
      if (chunk[at] === mark[matched]) {
        matched += 1;
        at += 1;
        deciding = matched < mark.length;
      } else {
        deciding = false;
        if (matched > 0) {
          yield Uint8Array.from(mark.slice(0, matched));
        }
      }
    }
    if (at < chunk.length) {
      yield chunk.subarray(at);
    }
  }
  if (deciding && matched > 0) {
    yield Uint8Array.from(mark.slice(0, matched));
  }
}
