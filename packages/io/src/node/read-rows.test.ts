import { mkdir, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { collect, temporaryFolder, toBytes } from "@dpo-kit/testkit";
import { Table, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import { zipSync } from "fflate";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { randomAccess } from "../random-access.ts";
import { datasetFolder, readDatasetFolder } from "./dataset-folder.ts";
import { createFileProvider } from "./file-provider.ts";
import { type ReadRowsOptions, type RowsInput, readRows } from "./read-rows.ts";

const rows = [{ text: "one" }, { text: "zwei" }];
const texts = rows.map(({ text }) => text);
const lines = toBytes('\ufeff{"text":"one"}\r\n\n{"text":"zwei"}');
const array = toBytes('[ {"text":"one"},\n {"text":"zwei"} ]');
const parquet = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: "text", data: texts }] }));
const arrow = arrowOf(texts);

function arrowOf(data: readonly string[]): Uint8Array {
  return tableToIPC(new Table({ text: vectorFromArray(data, new Utf8()) }), "stream");
}

const values = async (input: RowsInput, options?: ReadRowsOptions) =>
  (await collect(readRows(input, options))).map(({ value }) => value);

const spools = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("dpo-kit-input-")).length;

describe("readRows", () => {
  test.each([
    ["JSON Lines", lines],
    ["a JSON array", array],
    ["Parquet", parquet],
    ["an Arrow stream", arrow],
    ["Arrow in a file", Buffer.concat([Buffer.from("ARROW1\0\0"), arrow, Buffer.from("footer")])],
    ["UTF-16", Buffer.from('\ufeff{"text":"one"}\n{"text":"zwei"}', "utf16le")],
  ])("%s, as it is, packed, in an archive, and at any place", async (_, bytes) => {
    const before = await spools();
    expect(await values(bytes)).toEqual(rows);
    expect(await values(gzipSync(bytes))).toEqual(rows);
    expect(await values(randomAccess(bytes))).toEqual(rows);
    const zip = zipSync({ "__MACOSX/x": bytes, "folder/data": bytes });
    expect(await values(zip)).toEqual(rows);
    expect(await values(randomAccess(zip), { member: "folder/data" })).toEqual(rows);
    const path = join(await temporaryFolder(), "anything");
    await writeFile(path, bytes);
    const [source] = await createFileProvider().resolve(path, {});
    expect(await values(source!)).toEqual(rows);
    expect(await spools()).toBe(before);
  });

  test("says where rows stand, and what is wrong with one", async () => {
    let blanks = 0;
    const bytes = toBytes('{"a":1.0}\n\n{"a":NaN}\n');
    const read = await collect(readRows(bytes, { source: "x.jsonl", onBlank: () => blanks++ }));
    expect(blanks).toBe(1);
    expect(read[0]).toEqual({
      value: { a: 1 },
      text: '{"a":1.0}',
      issues: [],
      at: { source: "x.jsonl", ordinal: 0, line: 1, column: 1, byteOffset: 0 },
      bytes: 9,
    });
    expect(read[1]).toMatchObject({ at: { line: 3 }, issues: [{ code: "LINE_INVALID_JSON" }] });
    expect(read[1]).not.toHaveProperty("value");
    const [row] = await collect(readRows(parquet, { source: "x.parquet" }));
    expect(row).toEqual({ value: rows[0], issues: [], at: { source: "x.parquet", ordinal: 0 }, bytes: 3 });
  });

  test.each([
    ["nothing", new Uint8Array(0), "IO_EMPTY"],
    ["plain text", toBytes("prompt,chosen\n"), "IO_UNSUPPORTED_FORMAT"],
    [
      "a pointer",
      toBytes("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
      "IO_GIT_LFS_POINTER",
    ],
    ["a page", toBytes("<!doctype html><title>Sign in</title>"), "IO_HTML_PAGE"],
    ["an archive in an archive", zipSync({ "a.zip": zipSync({ a: lines }) }), "IO_UNSUPPORTED_FORMAT"],
    ["packed twice", gzipSync(gzipSync(lines)), "IO_UNSUPPORTED_FORMAT"],
    ["an archive of two files", zipSync({ a: lines, b: lines }), "IO_UNSUPPORTED_FORMAT"],
    ["Parquet cut off", parquet.subarray(0, -5), "IO_PARQUET_DAMAGED"],
  ])("refuses %s", async (_, bytes, code) => {
    await expect(values(bytes)).rejects.toMatchObject({ code });
  });

  test("leaves nothing behind when it is left", async () => {
    const before = await spools();
    for await (const row of readRows(zipSync({ a: parquet }))) {
      expect(row.value).toEqual(rows[0]);
      break;
    }
    expect(await spools()).toBe(before);
  });
});

describe("a folder of save_to_disk", () => {
  async function save(folder: string, state: object): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "state.json"), JSON.stringify(state));
    await writeFile(join(folder, "dataset_info.json"), JSON.stringify({ features: { text: "string" } }));
  }
  const state = (...names: string[]) => ({ _data_files: names.map((filename) => ({ filename })) });

  test("is read file by file, split by split", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "dataset_dict.json"), JSON.stringify({ splits: ["train", "test"] }));
    await save(join(folder, "train"), state("data-00000-of-00002.arrow", "data-00001-of-00002.arrow"));
    await save(join(folder, "test"), state("data-00000-of-00001.arrow"));
    await writeFile(join(folder, "train/data-00000-of-00002.arrow"), arrowOf(["a", "b"]));
    await writeFile(join(folder, "train/data-00001-of-00002.arrow"), arrowOf(["c"]));
    await writeFile(join(folder, "test/data-00000-of-00001.arrow"), arrowOf(["d"]));
    const all = await collect(readDatasetFolder(folder));
    expect(all.map(({ value }) => value)).toEqual(["a", "b", "c", "d"].map((text) => ({ text })));
    expect(all[2]!.at).toEqual({ source: join(folder, "train/data-00001-of-00002.arrow"), ordinal: 0 });
    const test = await collect(readDatasetFolder(folder, { split: "test" }));
    expect(test.map(({ value }) => value)).toEqual([{ text: "d" }]);
    expect((await datasetFolder(join(folder, "test")))!.splits[0]!.features).toEqual({ text: "string" });
    await expect(collect(readDatasetFolder(folder, { split: "dev" }))).rejects.toMatchObject({
      code: "IO_NOT_FOUND",
    });
  });

  test("names files in itself only, and no selection of rows", async () => {
    const folder = await temporaryFolder();
    expect(await datasetFolder(folder)).toBeUndefined();
    for (const bad of [
      state("../x.arrow"),
      state("/etc/x"),
      state(".."),
      { ...state("a"), _indices_data_files: [1] },
    ]) {
      await save(folder, bad);
      await expect(datasetFolder(folder)).rejects.toMatchObject({ code: "IO_UNSUPPORTED_FORMAT" });
    }
  });
});
