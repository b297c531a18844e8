/** Tables for four bytes at a time: table k gives the remainder of a byte that k more bytes follow. */
const tables: readonly Int32Array[] = makeTables();

function makeTables(): Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
    }
    return remainder;
  });
  const all = [first];
  for (let turn = 1; turn < 4; turn += 1) {
    all.push(all[turn - 1]!.map((remainder) => (remainder >>> 8) ^ first[remainder & 0xff]!));
  }
  return all;
}

/**
 * The CRC-32 of gzip (https://datatracker.ietf.org/doc/html/rfc1952#section-8), as an unsigned integer.
 * @param previous that of the bytes before these. Default: that of no bytes.
 */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const [one, two, three, four] = tables as [Int32Array, Int32Array, Int32Array, Int32Array];
  let remainder = ~previous;
  let at = 0;
  for (const last = bytes.length - 3; at < last; at += 4) {
    remainder ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    remainder =
      four[remainder & 0xff]! ^
      three[(remainder >>> 8) & 0xff]! ^
      two[(remainder >>> 16) & 0xff]! ^
      one[remainder >>> 24]!;
  }
  for (; at < bytes.length; at += 1) {
    remainder = (remainder >>> 8) ^ one[(remainder ^ bytes[at]!) & 0xff]!;
  }
  return ~remainder >>> 0;
}
