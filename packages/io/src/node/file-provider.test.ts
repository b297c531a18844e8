import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { collect, collectBytes, temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { createFileProvider } from "./file-provider.ts";
import { createStdinProvider } from "./stdin-provider.ts";

const text = async (chunks: AsyncIterable<Uint8Array>) => Buffer.from(await collectBytes(chunks)).toString();

test("a path, and a file address", async () => {
  const path = join(await temporaryFolder(), "a b.csv");
  await writeFile(path, "x");
  const provider = createFileProvider();
  for (const address of [path, pathToFileURL(path).href]) {
    expect(provider.claims(address)).toBe(true);
    const [source] = await provider.resolve(address, {});
    expect(source).toMatchObject({ name: path, baseName: "a b.csv", size: 1, rereadable: true });
    expect(await text(source!.open())).toBe("x");
    expect(await text(source!.open())).toBe("x");
  }
  expect(["-", "https://a.b/c", "hf://datasets/a/b"].map(provider.claims)).toEqual([false, false, false]);
  expect(provider.claims("C:\\data\\a.csv")).toBe(true);
});

test("a pattern gives its files sorted by code units; a file of the very name goes first", async () => {
  const folder = await temporaryFolder();
  const names = ["b.csv", "a.csv", "Z.csv", "ä.csv", "10.csv", "9.csv"];
  await Promise.all(names.map((name) => writeFile(join(folder, name), name)));
  const provider = createFileProvider({ glob: async () => names.map((name) => join(folder, name)) });
  const found = await provider.resolve(join(folder, "*.csv"), {});
  expect(found.map(({ baseName }) => baseName)).toEqual([
    "10.csv",
    "9.csv",
    "Z.csv",
    "a.csv",
    "b.csv",
    "ä.csv",
  ]);
  await writeFile(join(folder, "[a].csv"), "literal");
  const literal = await provider.resolve(join(folder, "[a].csv"), {});
  expect(await text(literal[0]!.open())).toBe("literal");
});

test("what is not there, matches nothing or is a folder", async () => {
  const folder = await temporaryFolder();
  const provider = createFileProvider({ glob: async () => [] });
  await expect(provider.resolve(join(folder, "none.csv"), {})).rejects.toMatchObject({
    code: "IO_NOT_FOUND",
  });
  await expect(provider.resolve(join(folder, "*.csv"), {})).rejects.toMatchObject({
    code: "IO_NOT_FOUND",
    message: expect.stringContaining("No file matches"),
  });
  await expect(provider.resolve("a\0b", {})).rejects.toMatchObject({ code: "IO_NOT_FOUND" });
  await mkdir(join(folder, "sub"));
  await expect(provider.resolve(join(folder, "sub/"), {})).rejects.toMatchObject({
    code: "IO_UNREADABLE",
    hint: expect.stringContaining("sub/*.csv"),
  });
});

test("a large file comes in pieces that stay as they are, and reading can stop at any of them", async () => {
  const path = join(await temporaryFolder(), "large");
  const content = Uint8Array.from({ length: 3_500_000 }, (_, index) => index >> 12);
  await writeFile(path, content);
  const [source] = await createFileProvider().resolve(path, {});
  const pieces = await collect(source!.open());
  expect(pieces.map((piece) => [piece.length, piece.constructor])).toEqual(
    [1_048_576, 1_048_576, 1_048_576, 354_272].map((length) => [length, Uint8Array]),
  );
  expect(Buffer.concat(pieces).equals(content)).toBe(true);
  for await (const piece of source!.open()) {
    expect(piece[0]).toBe(0);
    break;
  }
  const aborted = AbortSignal.abort(new Error("enough"));
  await expect(collect(source!.open({ signal: aborted }))).rejects.toThrow("enough");
});

test("standard input can be read once", async () => {
  const stream = Readable.from([Buffer.from("a,b\n"), Buffer.from("1,2\n")]);
  const provider = createStdinProvider({ stream });
  expect([provider.claims("-"), provider.claims("-x")]).toEqual([true, false]);
  const [source] = await provider.resolve("-", {});
  expect(source).toMatchObject({ name: "-", baseName: "stdin", rereadable: false });
  expect(await text(source!.open())).toBe("a,b\n1,2\n");
});

test("standard input that breaks is an error that says so", async () => {
  const stream = new Readable({ read: (): void => void stream.destroy(new Error("EIO")) });
  const [source] = await createStdinProvider({ stream }).resolve("-", {});
  await expect(collectBytes(source!.open())).rejects.toMatchObject({ code: "IO_UNREADABLE" });
});
