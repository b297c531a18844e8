/** Fewer bytes than this are copied faster one by one than by a call of `set`. */
const SHORT = 24;

/** Bytes that are added at the end; it grows by doubling. */
export class ByteBuffer {
  /** Longer than {@link length}: what lies behind is unused. */
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for that many more bytes. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
  }

  append(bytes: Uint8Array): void {
    const { length } = bytes;
    this.reserve(length);
    if (length < SHORT) {
      for (let index = 0; index < length; index += 1) {
        this.bytes[this.length + index] = bytes[index]!;
      }
    } else {
      this.bytes.set(bytes, this.length);
    }
    this.length += length;
  }

  /** Appends a text as UTF-8; a lone surrogate becomes U+FFFD. */
  appendText(text: string): void {
    this.reserve(text.length * 3);
    this.length += utf8.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** Appends a number as four bytes, least significant first. */
  appendUint32(value: number): void {
    this.reserve(4);
    this.length += 4;
    this.setUint32(this.length - 4, value);
  }

  /** Overwrites four bytes that were appended before. */
  setUint32(at: number, value: number): void {
    const { bytes } = this;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
  }

  /** A copy of the bytes from `start`, of exactly their size. */
  copy(start = 0): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(start, this.length);
  }
}

const utf8 = new TextEncoder();
