import {
  arbitraryChunking,
  arbitraryHostileText,
  byteAtATime,
  chunked,
  collect,
  collectBytes,
} from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeToUtf8 } from "./decode-to-utf8.ts";
import { detectEncoding } from "./detect-encoding.ts";
import { sniffBytes } from "./sniff-bytes.ts";
import { parseEncodingName, type TextEncodingName } from "./text-encoding.ts";
import { countUtf8, findInvalidUtf8, isValidUtf8 } from "./utf8-validity.ts";

const decoded = async (bytes: Uint8Array, encoding: TextEncodingName, sizes = [1 << 20], options = {}) =>
  Buffer.from(await collectBytes(decodeToUtf8(chunked(bytes, sizes), encoding, options)));

function bigEndian(littleEndian: Uint8Array): Uint8Array {
  return littleEndian.map((_, at) => littleEndian[at ^ 1]!);
}

describe("decoding to UTF-8", () => {
  test("UTF-16 of both kinds, as TextDecoder reads it", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryHostileText(),
        fc.boolean(),
        arbitraryChunking(),
        async (text, mark, sizes) => {
          const little = Buffer.from(mark ? `\ufeff${text}` : text, "utf16le");
          const expected = new TextDecoder("utf-16le").decode(little);
          expect((await decoded(little, "utf-16le", sizes)).toString()).toBe(expected);
          expect((await decoded(bigEndian(little), "utf-16be", sizes)).toString()).toBe(expected);
        },
      ),
    );
  });

  test("any UTF-16 at all: halves of pairs and odd bytes become bytes that are found", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), arbitraryChunking(), async (bytes, sizes) => {
        const utf8 = await decoded(bytes, "utf-16le", sizes, { skipByteOrderMark: false });
        expect(utf8.equals(await decoded(bytes, "utf-16le", undefined, { skipByteOrderMark: false }))).toBe(
          true,
        );
        let wellFormed = true;
        try {
          new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
        } catch {
          wellFormed = false;
        }
        expect(isValidUtf8(utf8)).toBe(wellFormed);
      }),
      { numRuns: 1_000 },
    );
    expect([...(await decoded(Uint8Array.of(0x3d, 0xd8, 0x41, 0, 0x0a), "utf-16le"))]).toEqual([
      0xed, 0xa0, 0xbd, 0x41, 0xff,
    ]);
  });

  test("windows-1252: all 256 bytes", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const text = (await decoded(bytes, "windows-1252", [3])).toString();
    const special = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
    const latin = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString("latin1");
    expect(text).toBe(latin(0, 128) + special + latin(160, 256));
  });

  test("UTF-8 stays as it is, without the mark at its start", async () => {
    const content = fc.tuple(fc.constantFrom([], [0xef], [0xef, 0xbb], [0xef, 0xbb, 0xbf]), fc.uint8Array());
    await fc.assert(
      fc.asyncProperty(content, arbitraryChunking(), async ([start, rest], sizes) => {
        const bytes = Buffer.from([...start, ...rest]);
        const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
        expect((await decoded(bytes, "utf-8", sizes)).equals(bytes.subarray(marked ? 3 : 0))).toBe(true);
        expect((await decoded(bytes, "utf-8", sizes, { skipByteOrderMark: false })).equals(bytes)).toBe(true);
      }),
    );
  });

  test("pieces are never larger than three times a bounded piece of the input", async () => {
    const pieces = await collect(
      decodeToUtf8(chunked(new Uint8Array(5_000_000).fill(0x80), [5_000_000]), "windows-1252"),
    );
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(3 << 18);
    expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(15_000_000);
  });
});

describe("validity", () => {
  /** Bytes in which all kinds of sequences and of errors occur. */
  const bytes = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "a",
          "plain text of some length, longer than a few words of four bytes",
          "é",
          "世",
          "🎉",
          "\ud7ff",
        ),
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom(
          [0xc0, 0x80],
          [0xe0, 0x80, 0x80],
          [0xed, 0xa0, 0x80],
          [0xf4, 0x90, 0x80, 0x80],
          [0xf0, 0x80],
        ),
      ),
    )
    .map((parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string)))));

  test("is what TextDecoder takes, and the place is the first that it does not", () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const takes = (part: Uint8Array) => {
      try {
        strict.decode(part);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(bytes, fc.nat(40), (all, from) => {
        const start = Math.min(from, all.length);
        const at = findInvalidUtf8(all, start);
        expect(at === -1).toBe(takes(all.subarray(start)));
        if (at !== -1) {
          expect(takes(all.subarray(start, at))).toBe(true);
          // Whatever else is tried, no valid text begins like this and goes on as it does.
          expect(
            [1, 2, 3, 4].some((length) => at + length <= all.length && takes(all.subarray(at, at + length))),
          ).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("counting knows what is cut off", () => {
    expect(countUtf8(Buffer.from("aé世🎉"), false)).toEqual({ nonAscii: 9, invalid: 0 });
    const cut = Buffer.from("é🎉").subarray(0, 5);
    expect(countUtf8(cut, true)).toEqual({ nonAscii: 2, invalid: 0 });
    expect(countUtf8(cut, false)).toEqual({ nonAscii: 5, invalid: 3 });
  });
});

describe("the encoding is decided", () => {
  const utf16 = (text: string) => Buffer.from(text, "utf16le");
  test.each<[string, Uint8Array, boolean, string]>([
    ["ASCII", Buffer.from("a,b\n"), true, "utf-8"],
    ["nothing", Buffer.from(""), true, "utf-8"],
    ["a sequence cut by the head", Buffer.from("é").subarray(0, 1), false, "utf-8"],
    ["a sequence cut by the end", Buffer.from("é").subarray(0, 1), true, "windows-1252"],
    ["1 invalid byte of 101", Buffer.from([...Buffer.from("é".repeat(50)), 0x20, 0xff]), true, "utf-8"],
    [
      "1 invalid byte of 100",
      Buffer.from([...Buffer.from("é".repeat(48)), 0xe4, 0xb8, 0x80, 0xff]),
      true,
      "windows-1252",
    ],
    ["a stray NUL", Buffer.from(`a,\0b\n${"some words. ".repeat(50)}`), true, "utf-8"],
    ["a short stray NUL", Buffer.from('{"a":"x\0y"}\n'), true, "utf-8"],
    [
      "UTF-16LE in Chinese, with the one that has its NUL on the other side",
      utf16("一问,一答\n一,二\n".repeat(9)),
      true,
      "utf-16le",
    ],
    ["UTF-16BE in Chinese", bigEndian(utf16("一问,一答\n一,二\n".repeat(9))), true, "utf-16be"],
    ["UTF-16LE, two characters", utf16("a,"), true, "utf-16le"],
  ])("%s", (_, bytes, complete, encoding) => {
    expect(detectEncoding(bytes, complete).encoding).toBe(encoding);
  });

  test("1 % is the limit, exactly", () => {
    const share = (valid: number) =>
      detectEncoding(Buffer.from([...Buffer.from("é".repeat(valid / 2)), 0x20, 0xff]), true);
    expect(share(98).encoding).toBe("windows-1252");
    expect(share(100).encoding).toBe("utf-8");
    expect(share(100).reason).toBe("only 1 of 101 non-ASCII bytes at its beginning are not valid UTF-8");
  });
});

test("names of encodings", () => {
  const names = [
    "UTF8",
    "utf-8-sig",
    "us-ascii",
    "Latin-1",
    "ISO_8859-1",
    "cp1252",
    "UTF-16",
    "utf 16 be",
    "UTF-16LE",
  ];
  expect(names.map((name) => parseEncodingName(name))).toEqual([
    ...Array(3).fill("utf-8"),
    ...Array(3).fill("windows-1252"),
    "utf-16le",
    "utf-16be",
    "utf-16le",
  ]);
  expect(parseEncodingName("utf-16", Uint8Array.of(0xfe, 0xff))).toBe("utf-16be");
  expect(() => parseEncodingName("constructor")).toThrow(
    expect.objectContaining({ code: "IO_ENCODING_UNKNOWN" }),
  );
});

describe("sniffing", () => {
  const entry = (name: string) => `PK\x03\x04${"\0".repeat(26)}${name}`;
  test.each<[string, string | Uint8Array]>([
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8)],
    ["zstd", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd)],
    ["zip", entry("train.csv")],
    ["xlsx", entry("[Content_Types].xml") + entry("xl/workbook.xml")],
    ["ods", entry("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")],
    ["parquet", "PAR1"],
    ["arrow", "ARROW1\0\0"],
    ["pdf", "%PDF-1.7"],
    ["sqlite", "SQLite format 3\0"],
    ["git-lfs-pointer", "version https://git-lfs.github.com/spec/v1"],
    ["html", "\ufeff\n<?xml version='1.0'?><!-- a > b --> <!-- -->\n<!doctype\nHTML>"],
    ["html", "<HTML>"],
    ["text", "<htmlx>"],
    ["text", `${"<!--".repeat(20_000)}`],
    ["text", `${"<!---->".repeat(9_000)}x`],
    ["empty", ""],
    ["empty", "\ufeff \r\n\t"],
    ["json-array", "\ufeff [1]"],
    ["json-object-lines", '{"a":1}\n'],
    ["text", "a,b\n"],
    ["text", "a\0b,c\n"],
    ["binary", Uint8Array.from({ length: 600 }, (_, at) => (at * 7919) >> 3)],
    ["binary", new Uint8Array(600)],
    ["binary", Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0)],
  ])("%s", (kind, content) => {
    expect(sniffBytes(typeof content === "string" ? Buffer.from(content, "utf8") : content)).toBe(kind);
  });

  test("never fails", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof sniffBytes(bytes) === "string"));
  });
});

test("one byte at a time is decoded too", async () => {
  const text = "Grüße, 世界 🎉\n";
  const bytes = await collectBytes(decodeToUtf8(byteAtATime(Buffer.from(text, "utf16le")), "utf-16le"));
  expect(Buffer.from(bytes).toString()).toBe(text);
});
