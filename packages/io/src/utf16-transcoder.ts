import type { Transcoder } from "./transcoder.ts";

/** A byte that stands nowhere in UTF-8: marks a code unit of which only one byte is there. */
const invalidByte = 0xff;

/** Makes a transcoder from UTF-16. Half a surrogate pair becomes three bytes that are invalid UTF-8. */
export function createUtf16Transcoder(encoding: "utf-16le" | "utf-16be", inputBytes: number): Transcoder {
  const scratch = new Uint8Array((inputBytes >> 1) * 3 + 8);
  const lowShift = encoding === "utf-16le" ? 0 : 8;
  let length = 0;
  let pendingByte = -1;
  let pendingHigh = 0;

  function writeThree(unit: number): void {
    scratch[length++] = 0xe0 | (unit >> 12);
    scratch[length++] = 0x80 | ((unit >> 6) & 0x3f);
    scratch[length++] = 0x80 | (unit & 0x3f);
  }
  function writeHigh(): void {
    if (pendingHigh !== 0) {
      writeThree(pendingHigh);
      pendingHigh = 0;
    }
  }
  function writePair(low: number): void {
    const point = 0x10000 + ((pendingHigh & 0x3ff) << 10) + (low & 0x3ff);
    pendingHigh = 0;
    scratch[length++] = 0xf0 | (point >> 18);
    scratch[length++] = 0x80 | ((point >> 12) & 0x3f);
    scratch[length++] = 0x80 | ((point >> 6) & 0x3f);
    scratch[length++] = 0x80 | (point & 0x3f);
  }
  function writeUnit(unit: number): void {
    if (pendingHigh !== 0 && (unit & 0xfc00) === 0xdc00) {
      writePair(unit);
      return;
    }
    writeHigh();
    if (unit < 0x80) {
      scratch[length++] = unit;
    } else if (unit < 0x800) {
      scratch[length++] = 0xc0 | (unit >> 6);
      scratch[length++] = 0x80 | (unit & 0x3f);
    } else if ((unit & 0xfc00) === 0xd800) {
      pendingHigh = unit;
    } else {
      writeThree(unit);
    }
  }
  function taken(): Uint8Array {
    const bytes = scratch.slice(0, length);
    length = 0;
    return bytes;
  }

  return {
    write(bytes) {
      let at = 0;
      if (pendingByte >= 0 && bytes.length > 0) {
        writeUnit((pendingByte << lowShift) | (bytes[0]! << (8 - lowShift)));
        pendingByte = -1;
        at = 1;
      }
      for (; at + 1 < bytes.length; at += 2) {
        writeUnit((bytes[at]! << lowShift) | (bytes[at + 1]! << (8 - lowShift)));
      }
      if (at < bytes.length) {
        pendingByte = bytes[at]!;
      }
      return taken();
    },
    end() {
      writeHigh();
      if (pendingByte >= 0) {
        scratch[length++] = invalidByte;
      }
      return taken();
    },
  };
}
