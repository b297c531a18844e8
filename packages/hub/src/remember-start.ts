import { type RemoteFile, readRemote } from "./remote-file.ts";

/** How many bytes may still be kept. */
export interface Room {
  bytes: number;
}

/**
 * Reads a file from its start, and keeps what was read of the beginning, as far as there is room: a source is looked
 * at before it is converted, and what came once is not fetched again.
 *
 * @returns what reads it; each call begins at the first byte.
 */
export function rememberStart(
  file: RemoteFile,
  room: Room,
): (signal: AbortSignal | undefined) => AsyncGenerator<Uint8Array, void, undefined> {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  return async function* read(signal) {
    let at = 0;
    for (const chunk of kept) {
      at += chunk.length;
      // A copy: whoever reads may hand its bytes to another thread.
      yield chunk.slice();
    }
    for await (const chunk of readRemote(file, { start: at, end: file.size, signal })) {
      if (at === keptBytes && chunk.length <= room.bytes) {
        kept.push(chunk.slice());
        keptBytes += chunk.length;
        room.bytes -= chunk.length;
      }
      at += chunk.length;
      yield chunk;
    }
  };
}
