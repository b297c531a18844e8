import { DataError } from "@dpo-kit/schema";
import { createByteReader } from "./byte-reader.ts";
import { crc32 } from "./crc32.ts";
import { type DecompressOptions, guardRatio } from "./decompression.ts";
import { inflate } from "./inflate.ts";
import { InflateError } from "./inflate-state.ts";
import { type RandomAccess, readRange } from "./random-access.ts";
import { readZipDirectory, type ZipRecord, zipDamaged } from "./zip/zip-directory.ts";

/** A file in a zip archive. */
export interface ZipMember {
  /** Its name, with folders. A label: nothing is ever written under it. */
  name: string;
  /** Unpacked, in bytes, as the archive says. */
  size: number;
  packedSize: number;
  /**
   * Its bytes, unpacked in pieces of up to about 1 MiB; its length and checksum are verified. Can be called again.
   * @throws IO_ZIP_DAMAGED IO_ZIP_ENCRYPTED IO_UNSUPPORTED_FORMAT IO_DECOMPRESSION_BOMB
   */
  open(options?: { signal?: AbortSignal }): AsyncGenerator<Uint8Array, void, undefined>;
}

/**
 * Lists the files of a zip archive, in the order of its directory; folders are left out. Members are stored or
 * deflated, of any size (Zip64), and unpacked when they are opened.
 *
 * @param options `source`: the archive's name, for errors. `maxRatio` guards each member.
 * @throws IO_ZIP_DAMAGED
 */
export async function readZip(file: RandomAccess, options: DecompressOptions = {}): Promise<ZipMember[]> {
  const { source = "input" } = options;
  const records = await readZipDirectory(file, source);
  return records
    .filter(({ name }) => !name.endsWith("/"))
    .map((record) => ({
      name: record.name,
      size: record.size,
      packedSize: record.packedSize,
      open: ({ signal } = {}) => openMember(file, record, { ...options, source, signal }),
    }));
}

type OpenOptions = DecompressOptions & { source: string; signal: AbortSignal | undefined };

async function* openMember(
  file: RandomAccess,
  record: ZipRecord,
  options: OpenOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = `${options.source}/${record.name}`;
  refuse(record, source);
  const start = await contentStart(file, record, source);
  let checksum = 0;
  let produced = 0;
  try {
    for await (const piece of unpack(file, record, start)) {
      options.signal?.throwIfAborted();
      checksum = crc32(piece, checksum);
      produced += piece.length;
      guardRatio(record.packedSize, produced, { ...options, source });
      yield piece;
    }
  } catch (error) {
    throw error instanceof InflateError
      ? zipDamaged(`The member cannot be unpacked: ${error.message}`, source, error)
      : error;
  }
  if (produced !== record.size || checksum !== record.crc) {
    throw zipDamaged("The member is damaged: its length or checksum does not match", source);
  }
}

function refuse({ flags, method }: ZipRecord, source: string): void {
  if (flags & 1) {
    throw new DataError("IO_ZIP_ENCRYPTED", { location: { source } });
  }
  if (method !== 0 && method !== 8) {
    throw new DataError("IO_UNSUPPORTED_FORMAT", {
      message: `The member is compressed with a method (${method}) that is not read`,
      location: { source },
      hint: "Unpack the archive and give the files inside, or pack it again with zip.",
    });
  }
}

const localLength = 30;

/** Where the content begins: behind the local header, whose name and fields may be longer than the directory's. */
async function contentStart(file: RandomAccess, record: ZipRecord, source: string): Promise<number> {
  const { offset, packedSize } = record;
  const header = new DataView(await file.slice(offset, offset + localLength));
  if (header.byteLength < localLength || header.getUint32(0, true) !== 0x04034b50) {
    throw zipDamaged("The member is not where the archive says", source);
  }
  const start = offset + localLength + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + packedSize > file.byteLength) {
    throw zipDamaged("The member reaches beyond the archive", source);
  }
  return start;
}

function unpack(file: RandomAccess, record: ZipRecord, start: number): AsyncIterable<Uint8Array> {
  const packed = readRange(file, start, start + record.packedSize);
  return record.method === 0 ? packed : inflate(createByteReader(packed));
}
