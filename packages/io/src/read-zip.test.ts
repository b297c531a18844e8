import { collectBytes } from "@dpo-kit/testkit";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { randomAccess } from "./random-access.ts";
import { readZip } from "./read-zip.ts";

const text = Buffer.from("a line of text\n".repeat(20_000));
const archive = zipSync({
  "data/train.jsonl": text,
  "stored.csv": [Buffer.from("a,b\n"), { level: 0 }],
  "../../etc/ünïcode": Buffer.from("x"),
  "folder/": new Uint8Array(0),
});

async function contents(bytes: Uint8Array): Promise<[string, string][]> {
  const members = await readZip(randomAccess(bytes));
  const read: [string, string][] = [];
  for (const member of members) {
    read.push([member.name, Buffer.from(await collectBytes(member.open())).toString()]);
  }
  return read;
}

const expected = [
  ["data/train.jsonl", text.toString()],
  ["stored.csv", "a,b\n"],
  ["../../etc/ünïcode", "x"],
];

describe("readZip", () => {
  test("lists files and unpacks them", async () => {
    expect(await contents(archive)).toEqual(expected);
  });

  test("also with bytes before it and a comment behind", async () => {
    const comment = Buffer.from("PK\x05\x06 a comment");
    const commented = Buffer.from(archive);
    commented.writeUInt16LE(comment.length, commented.length - 2);
    expect(await contents(Buffer.concat([Buffer.from("#!/bin/sh\n"), commented, comment]))).toEqual(expected);
  });

  test("reads the large kind of directory", async () => {
    expect(await contents(asZip64(Buffer.from(archive)))).toEqual(expected);
  });

  test("refuses what is encrypted or compressed in another way", async () => {
    const record = Buffer.from(archive).indexOf("PK\x01\x02");
    for (const [field, value, code] of [
      [8, 1, "IO_ZIP_ENCRYPTED"],
      [10, 14, "IO_UNSUPPORTED_FORMAT"],
    ] as const) {
      const changed = Buffer.from(archive);
      changed.writeUInt16LE(value, record + field);
      await expect(contents(changed)).rejects.toMatchObject({ code });
    }
  });

  test("cut off or with any byte changed it says so or gives the same content", async () => {
    const small = Buffer.from(zipSync({ "a.txt": Buffer.from("hello hello hello hello") }));
    const result = (bytes: Uint8Array) =>
      contents(bytes).then(
        (read) => read[0]?.[1] ?? "nothing",
        (error: { code?: string; stack?: string }) => error.code ?? error.stack,
      );
    for (let at = 0; at < small.length; at += 1) {
      expect(await result(small.subarray(0, at))).toBe("IO_ZIP_DAMAGED");
      const damaged = Buffer.from(small);
      damaged[at]! ^= 0x11;
      expect(await result(damaged)).toMatch(/^(?:IO_[A-Z_]+|hello hello hello hello)$/u);
    }
  });

  test("stops a bomb", async () => {
    const bomb = zipSync({ zeros: new Uint8Array(80 * 1024 * 1024) }, { level: 9 });
    await expect(contents(bomb)).rejects.toMatchObject({ code: "IO_DECOMPRESSION_BOMB" });
  });

  test("opening ends with its signal", async () => {
    const [member] = await readZip(randomAccess(archive));
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(collectBytes(member!.open({ signal }))).rejects.toThrow("enough");
  });
});

/** The same archive with a Zip64 end record and locator, and nothing useful in the old end record. */
function asZip64(bytes: Buffer): Buffer {
  const end = bytes.subarray(-22);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(end.readUInt16LE(10)), 24);
  record.writeBigUInt64LE(BigInt(end.readUInt16LE(10)), 32);
  record.writeBigUInt64LE(BigInt(end.readUInt32LE(12)), 40);
  record.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(bytes.length - 22), 8);
  locator.writeUInt32LE(1, 16);
  const newEnd = Buffer.from(end);
  newEnd.fill(0xff, 8, 20);
  return Buffer.concat([bytes.subarray(0, -22), record, locator, newEnd]);
}
