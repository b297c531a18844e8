import { DataError } from "@dpo-kit/schema";
import type { RandomAccess } from "../random-access.ts";
import { isValidUtf8 } from "../utf8-validity.ts";

/** What the directory of a zip archive says of one member. */
export interface ZipRecord {
  name: string;
  flags: number;
  /** How it is compressed: 0 stored, 8 deflated. */
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  /** Where its local header begins in the file. */
  offset: number;
}

/** Signatures and lengths of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, section 4.3. */
const endLength = 22;
const longestComment = 0xffff;
const locatorLength = 20;
const [endSignature, end64Signature, locatorSignature, recordSignature] = [
  0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50,
];
const recordLength = 46;
/** More than a million members of long names: an archive of more is refused. */
const largestDirectory = 1 << 28;

/** The error of an archive that is damaged. */
export function zipDamaged(what: string, source: string, cause?: unknown): DataError {
  return new DataError("IO_ZIP_DAMAGED", { message: what, location: { source }, cause });
}

/**
 * Reads the list of members at the end of an archive, also of one with a program before it, and of the large kind
 * (Zip64).
 * @throws IO_ZIP_DAMAGED
 */
export async function readZipDirectory(file: RandomAccess, source: string): Promise<ZipRecord[]> {
  const tailStart = Math.max(0, file.byteLength - endLength - longestComment - locatorLength);
  const tail = new DataView(await file.slice(tailStart, file.byteLength));
  const at = findEnd(tail);
  if (at === undefined) {
    throw zipDamaged("The zip archive has no list of its members: it is cut off", source);
  }
  const end = (await largeEnd(file, tail, at)) ?? {
    count: tail.getUint16(at + 10, true),
    size: tail.getUint32(at + 12, true),
    offset: tail.getUint32(at + 16, true),
    behind: tailStart + at,
  };
  // What stands before the archive moves everything in it.
  const start = end.behind - end.size;
  if (end.size > largestDirectory || start < 0 || start < end.offset) {
    throw zipDamaged("The list of members of the zip archive is not where it should be", source);
  }
  const directory = new Uint8Array(await file.slice(start, start + end.size));
  return readRecords(directory, { count: end.count, moved: start - end.offset, source });
}

/** Where the end record begins: the last signature whose comment reaches to the end of the file, or the last. */
function findEnd(tail: DataView): number | undefined {
  let found: number | undefined;
  for (let at = tail.byteLength - endLength; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) === endSignature) {
      if (at + endLength + tail.getUint16(at + 20, true) === tail.byteLength) {
        return at;
      }
      found ??= at;
    }
  }
  return found;
}

interface DirectoryEnd {
  count: number;
  size: number;
  /** Where the directory begins, as the archive says. */
  offset: number;
  /** Where in the file the directory ends. */
  behind: number;
}

async function largeEnd(file: RandomAccess, tail: DataView, at: number): Promise<DirectoryEnd | undefined> {
  const locator = at - locatorLength;
  if (locator < 0 || tail.getUint32(locator, true) !== locatorSignature) {
    return undefined;
  }
  const offset = Number(tail.getBigUint64(locator + 8, true));
  const record = new DataView(await file.slice(offset, offset + 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== end64Signature) {
    return undefined;
  }
  return {
    count: Number(record.getBigUint64(32, true)),
    size: Number(record.getBigUint64(40, true)),
    offset: Number(record.getBigUint64(48, true)),
    behind: offset,
  };
}

interface DirectoryOptions {
  count: number;
  moved: number;
  source: string;
}

function readRecords(directory: Uint8Array, { count, moved, source }: DirectoryOptions): ZipRecord[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length);
  const records: ZipRecord[] = [];
  let at = 0;
  while (at + recordLength <= directory.length && view.getUint32(at, true) === recordSignature) {
    const nameEnd = at + recordLength + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > directory.length) {
      break;
    }
    const sizes = [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ];
    const [size, packedSize, offset] = largeSizes(sizes, directory.subarray(nameEnd, extraEnd));
    records.push({
      name: nameOf(directory.subarray(at + recordLength, nameEnd)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: size!,
      packedSize: packedSize!,
      offset: offset! + moved,
    });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  // The count has 16 bits in older archives, whatever their number of members.
  if (records.length % 0x10000 !== count % 0x10000) {
    throw zipDamaged("The list of members of the zip archive is damaged", source);
  }
  return records;
}

/** Sizes that 32 bits do not hold stand in an extra field, in this order. */
function largeSizes(sizes: readonly number[], extra: Uint8Array): number[] {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) {
      continue;
    }
    let next = at + 4;
    return sizes.map((size) => {
      if (size !== 0xffffffff || next + 8 > extra.length) {
        return size;
      }
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    });
  }
  return [...sizes];
}

/** Names are labels: one that is not UTF-8 is shown as the nearest thing. */
function nameOf(bytes: Uint8Array): string {
  return new TextDecoder(isValidUtf8(bytes) ? "utf-8" : "windows-1252").decode(bytes);
}
