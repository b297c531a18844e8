/** The bytes of a frame's header, its magic included, at most. */
export const zstdHeaderBytes = 18;

/**
 * How far back the first frame may refer, in bytes, by its header
 * (https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1.1): its window, or its content where that is less.
 * Infinite where the header says nothing of it; undefined where there is no whole header.
 */
export function zstdWindow(head: Uint8Array): number | undefined {
  const descriptor = head[4];
  if (descriptor === undefined) {
    return undefined;
  }
  const isSingle = (descriptor & 0x20) !== 0;
  const windowAt = 5;
  const contentAt = windowAt + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  const contentLength = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  if (head.length < contentAt + contentLength) {
    return undefined;
  }
  let content = contentLength === 0 ? Number.POSITIVE_INFINITY : contentLength === 2 ? 256 : 0;
  for (let index = 0; index < contentLength; index += 1) {
    content += head[contentAt + index]! * 256 ** index;
  }
  return isSingle ? content : Math.min(content, windowOf(head[windowAt]!));
}

function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}
