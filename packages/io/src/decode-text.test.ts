import { gzipSync } from "node:zlib";
import { arbitraryChunking, chunked, collectBytes, toBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";
import type { Source } from "./source.ts";

async function textOf(source: Source, options = {}): Promise<string> {
  return Buffer.from(await collectBytes((await decodeText(source, options)).chunks)).toString();
}

function utf16(text: string, bigEndian = false): Uint8Array {
  const bytes = Buffer.from(text, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
}

const table = 'prompt,chosen,rejected\n"Grüße, 世界 🎉",ja,nein\n';

describe("a text is read the same whatever it comes in", () => {
  test.each([
    ["UTF-8", toBytes(table), "utf-8", false],
    ["UTF-8 with a byte order mark", toBytes(`\ufeff${table}`), "utf-8", true],
    ["UTF-16LE with a byte order mark", utf16(`\ufeff${table}`), "utf-16le", true],
    ["UTF-16BE with a byte order mark", utf16(`\ufeff${table}`, true), "utf-16be", true],
    ["UTF-16LE", utf16(table), "utf-16le", false],
    ["UTF-16BE", utf16(table, true), "utf-16be", false],
  ])("%s", async (_, bytes, encoding, byteOrderMark) => {
    await fc.assert(
      fc.asyncProperty(arbitraryChunking(), fc.boolean(), async (sizes, packed) => {
        const stored = packed ? gzipSync(bytes) : bytes;
        const { chunks, ...decided } = await decodeText(chunked(stored, sizes));
        expect(decided).toMatchObject({ encoding, byteOrderMark, compression: packed ? "gzip" : "none" });
        expect(Buffer.from(decided.head).toString()).toBe(table);
        expect(decided.headIsComplete).toBe(true);
        expect(Buffer.from(await collectBytes(chunks)).toString()).toBe(table);
      }),
      { numRuns: 30 },
    );
  });

  test("windows-1252", async () => {
    const bytes = Uint8Array.from([0x70, 0x0a, 0x93, 0x80, 0xe9, 0x94, 0x81, 0x0a]);
    expect(await textOf(bytes)).toBe("p\n“€é”\u0081\n");
  });

  test("a string is the text itself", async () => {
    expect(await textOf(table)).toBe(table);
    expect(await textOf(new Blob([table]))).toBe(table);
    expect(await textOf(new Blob([table]).stream() as ReadableStream<Uint8Array>)).toBe(table);
  });
});

test("only the head decides", async () => {
  const late = Buffer.concat([Buffer.from("é".repeat(10)), Buffer.from([0xe9, 0x0a])]);
  expect((await decodeText(late, { headBytes: 19 })).encoding).toBe("utf-8");
  expect((await decodeText(late, { headBytes: 20 })).encoding).toBe("utf-8");
  expect((await decodeText(late, { headBytes: 22 })).encoding).toBe("windows-1252");
});

test("an encoding that is asked for is used", async () => {
  const bytes = Uint8Array.from([0x61, 0xe9, 0x0a]);
  expect(await textOf(bytes, { encoding: "Latin1" })).toBe("aé\n");
  expect(await textOf(utf16("\ufeffé", true), { encoding: "utf-16" })).toBe("é");
  expect(await textOf(utf16("é"), { encoding: "UTF_16" })).toBe("é");
  await expect(decodeText(bytes, { encoding: "shift_jis" })).rejects.toMatchObject({
    code: "IO_ENCODING_UNKNOWN",
  });
});

describe("what cannot be read is refused with what to do", () => {
  test.each<[string, Uint8Array | string, string, string]>([
    ["nothing", "", "IO_EMPTY", "again"],
    ["white space", "\ufeff \n\t\n", "IO_EMPTY", "again"],
    ["nothing, packed", gzipSync(""), "IO_EMPTY", "again"],
    [
      "a Git-LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid",
      "IO_GIT_LFS_POINTER",
      "git lfs pull",
    ],
    ["a page", "<!-- x -->\n <!DOCTYPE html><html>", "IO_HTML_PAGE", "browser"],
    ["a page in UTF-16", utf16("\ufeff<html lang=en>"), "IO_HTML_PAGE", "browser"],
    ["a workbook", `PK\x03\x04${"\0".repeat(26)}xl/workbook.xml`, "IO_UNSUPPORTED_FORMAT", "CSV UTF-8"],
    ["Parquet", "PAR1\x15\x04", "IO_UNSUPPORTED_FORMAT", "read_parquet"],
    ["packed twice", gzipSync(gzipSync("text")), "IO_UNSUPPORTED_FORMAT", "gzip -d"],
  ])("%s", async (_, content, code, advice) => {
    await expect(decodeText(toBytes(content), { source: "a.csv" })).rejects.toMatchObject({
      code,
      hint: expect.stringContaining(advice),
      location: { source: "a.csv" },
    });
  });

  test("and its source is closed", async () => {
    let closed = false;
    async function* page(): AsyncGenerator<Uint8Array> {
      try {
        yield toBytes("<html>");
        yield new Uint8Array(2_000_000).fill(0x20);
        yield toBytes("never asked for");
      } finally {
        closed = true;
      }
    }
    await expect(decodeText(page())).rejects.toMatchObject({ code: "IO_HTML_PAGE" });
    expect(closed).toBe(true);
  });
});

test("a reader may accept only some kinds", async () => {
  const accept = ["json-array"] as const;
  expect((await decodeText(" [1]", { accept })).kind).toBe("json-array");
  await expect(decodeText("a,b\n", { accept })).rejects.toMatchObject({ code: "IO_UNSUPPORTED_FORMAT" });
});
