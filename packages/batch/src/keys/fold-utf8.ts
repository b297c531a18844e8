import { asciiFold, FoldedText } from "./folded-text.ts";

/**
 * {@link foldText} on bytes: folds the UTF-8 text that lies in `bytes` from `start` to `end` and writes it into
 * `target`, which must have room for three times its length, from `offset`. Gives the offset behind it.
 *
 * @throws {RangeError} when the fold does not fit into the target.
 */
export function foldUtf8Into(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  offset: number,
): number {
  const folded = new FoldedText(end - start + 4);
  appendFold(bytes.subarray(start, end), folded);
  target.set(folded.bytes.subarray(0, folded.length), offset);
  return offset + folded.length;
}

/** Appends the fold of a UTF-8 text. */
export function appendFold(bytes: Uint8Array, folded: FoldedText): void {
  const end = bytes.length;
  let foldsWithText = false;
  folded.begin(bytes, 0);
  folded.reserve(end + 4);
  for (let at = 0; at < end; ) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      folded.appendFolded(asciiFold[byte]!);
      at += 1;
    } else {
      const runEnd = endOfRun(bytes, at);
      foldsWithText = !folded.appendRun(at, runEnd) || foldsWithText;
      folded.reserve(end - runEnd + 4);
      at = runEnd;
    }
  }
  if (foldsWithText) {
    folded.restart(end);
  }
  folded.end();
}

/** Where the run of bytes above ASCII that begins at `at` ends. */
export function endOfRun(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (end < bytes.length && bytes[end]! >= 0x80) {
    end += 1;
  }
  return end;
}
