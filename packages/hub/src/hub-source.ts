import type { InputSource, OpenRandomAccess, RandomAccess } from "@dpo-kit/io";
import { formatHubAddress } from "./hub-address.ts";
import { type Room, rememberStart } from "./remember-start.ts";
import { type RemoteFile, readRemote } from "./remote-file.ts";

/** A file of a dataset on the Hub, at a commit. It can be read from the start, or any part of it by range. */
export interface HubSource extends InputSource, RandomAccess {
  /** Itself: every part of it can be read at any time. */
  openRandomAccess(): Promise<OpenRandomAccess>;
  /** `hf://datasets/owner/name@commit/path`: what the manifest keeps. */
  readonly name: string;
  readonly size: number;
  /** The commit that the revision stood for. */
  readonly commit: string;
  /** From the top of the dataset. */
  readonly path: string;
}

/** What the sources of a provider share. */
export interface HubSourceOptions {
  /** For the beginnings of all of them. */
  readonly room: Room;
  /** Ends the reading of parts too. */
  readonly signal: AbortSignal | undefined;
}

/** Makes the source of a file. */
export function hubSource(file: RemoteFile, { room, signal }: HubSourceOptions): HubSource {
  const { address, size } = file;
  const readStart = rememberStart(file, room);
  const slice = (start: number, end: number): Promise<ArrayBuffer> =>
    readPart(file, { start: clamp(start, size), end: clamp(end, size), signal });
  return {
    name: formatHubAddress(address),
    baseName: address.path.slice(address.path.lastIndexOf("/") + 1),
    size,
    byteLength: size,
    commit: address.revision,
    path: address.path,
    rereadable: true,
    open: (options = {}) => readStart(options.signal ?? signal),
    slice,
    openRandomAccess: async () => ({ byteLength: size, slice, close: async () => {} }),
  };
}

function clamp(at: number, size: number): number {
  return Math.max(0, Math.min(at, size));
}

async function readPart(
  file: RemoteFile,
  range: { start: number; end: number; signal: AbortSignal | undefined },
): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, range.end - range.start));
  let length = 0;
  for await (const chunk of readRemote(file, range)) {
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.buffer;
}
