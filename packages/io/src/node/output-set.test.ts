import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { gunzipSync } from "node:zlib";
import { createRandom, temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { createOutputSet } from "./output-set.ts";
import { machineName } from "./stale-partials.ts";

const bytes = (text: string) => Buffer.from(text);
const read = (...path: string[]) => readFile(join(...path), "utf8");

test("nothing has its name before the commit, everything after it", async () => {
  const folder = join(await temporaryFolder(), "new", "deep");
  const outputs = createOutputSet();
  const train = await outputs.open(join(folder, "train.jsonl"), { digest: true });
  await train.write(bytes("one\n"));
  await train.write(bytes("two\n"));
  const written = await train.close();
  expect(written).toEqual({
    path: join(folder, "train.jsonl"),
    byteCount: 8,
    digest: `sha256:${createHash("sha256").update("one\ntwo\n").digest("hex")}`,
  });
  const manifest = await outputs.open(join(folder, "manifest.json"));
  await manifest.write(bytes("{}"));
  expect(await readdir(folder)).toEqual([
    `.manifest.json.${machineName}-${process.pid}.partial`,
    `.train.jsonl.${machineName}-${process.pid}.partial`,
  ]);
  const all = await outputs.commit({ last: join(folder, "manifest.json") });
  expect(all.map(({ byteCount }) => byteCount)).toEqual([8, 2]);
  expect(await readdir(folder)).toEqual(["manifest.json", "train.jsonl"]);
  expect(await read(folder, "train.jsonl")).toBe("one\ntwo\n");
});

test("an aborted set leaves nothing, not even the folders made for it", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "kept.txt"), "");
  const outputs = createOutputSet();
  await (
    await outputs.open(join(folder, "a", "b", "x.jsonl.gz"), { compression: "gzip", digest: true })
  ).write(bytes("begun"));
  await (await outputs.open(join(folder, "y.jsonl"))).close();
  await outputs.abort();
  await outputs.abort();
  expect(await readdir(folder)).toEqual(["kept.txt"]);
});

describe("what is already there", () => {
  test("is not touched, and all of it is named", async () => {
    const folder = await temporaryFolder();
    const paths = ["a.jsonl", "b.jsonl", "c.jsonl"].map((name) => join(folder, name));
    await writeFile(paths[0]!, "old");
    await writeFile(paths[2]!, "old");
    const outputs = createOutputSet();
    await expect(outputs.check(paths)).rejects.toMatchObject({
      code: "IO_OUTPUT_EXISTS",
      message: `${paths[0]} and 1 more (${paths[2]}) are already there`,
    });
    await expect(outputs.open(paths[0]!)).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
    expect(await read(paths[0]!)).toBe("old");
  });

  test("appearing while a run goes on, it is not replaced either", async () => {
    const path = join(await temporaryFolder(), "a.jsonl");
    const outputs = createOutputSet();
    await (await outputs.open(path)).write(bytes("new"));
    await writeFile(path, "other");
    await expect(outputs.commit()).rejects.toMatchObject({ code: "IO_OUTPUT_EXISTS" });
    await outputs.abort();
    expect(await read(path)).toBe("other");
  });

  test("is replaced by force, with outdated side files removed", async () => {
    const folder = await temporaryFolder();
    for (const name of ["train.jsonl", "train.rejects.jsonl", "train.manifest.json"]) {
      await writeFile(join(folder, name), "old");
    }
    const outputs = createOutputSet({ force: true });
    await (await outputs.open(join(folder, "train.jsonl"))).write(bytes("new"));
    await outputs.commit({
      last: join(folder, "train.manifest.json"),
      remove: [join(folder, "train.rejects.jsonl"), join(folder, "never.there")],
    });
    expect(await readdir(folder)).toEqual(["train.jsonl"]);
    expect(await read(folder, "train.jsonl")).toBe("new");
  });

  test("a link is written through", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "real"));
    await writeFile(join(folder, "real", "a.jsonl"), "old");
    await symlink(join(folder, "real", "a.jsonl"), join(folder, "link.jsonl"));
    const outputs = createOutputSet({ force: true });
    await (await outputs.open(join(folder, "link.jsonl"))).write(bytes("new"));
    await outputs.commit();
    expect(await read(folder, "real", "a.jsonl")).toBe("new");
  });
});

test("left-overs of dead processes are removed, those of living ones stay", async () => {
  const folder = await temporaryFolder();
  const left = [
    `.a.jsonl.${machineName}-999999999.partial`,
    `.a.jsonl.${machineName}-${process.pid}.partial`,
    `.b.jsonl.${machineName}-999999999.partial`,
  ];
  const alive = `.a.jsonl.${machineName}-${process.ppid}.partial`;
  for (const name of [...left, alive]) {
    await writeFile(join(folder, name), "left");
  }
  const outputs = createOutputSet();
  await outputs.open(join(folder, "a.jsonl"));
  const other = createOutputSet();
  await expect(other.open(join(folder, "a.jsonl"))).rejects.toMatchObject({ code: "IO_WRITE_FAILED" });
  await outputs.commit();
  expect((await readdir(folder)).sort()).toEqual(
    [alive, `.b.jsonl.${machineName}-999999999.partial`, "a.jsonl"].sort(),
  );
});

test.each([
  ["a folder", () => temporaryFolder()],
  [
    "a file as a folder",
    async () => {
      const path = join(await temporaryFolder(), "file");
      await writeFile(path, "");
      return join(path, "x.jsonl");
    },
  ],
  ["a NUL in the name", async () => "a\0b"],
])("cannot be written: %s", async (_, path) => {
  await expect(createOutputSet({ force: true }).open(await path())).rejects.toMatchObject({
    code: "IO_WRITE_FAILED",
  });
});

test("the same target twice is refused", async () => {
  const path = join(await temporaryFolder(), "a.jsonl");
  const outputs = createOutputSet();
  await outputs.open(path);
  await expect(outputs.open(path)).rejects.toMatchObject({ code: "IO_WRITE_FAILED" });
  await outputs.abort();
});

test("writes of all sizes keep their order, waited for or not", async () => {
  const path = join(await temporaryFolder(), "a.jsonl");
  const random = createRandom(3);
  const outputs = createOutputSet();
  const file = await outputs.open(path, { digest: true });
  const packed = await outputs.open(`${path}.gz`, { compression: "gzip", digest: true });
  const parts = Array.from({ length: 300 }, (_, index) =>
    Buffer.alloc(random.pick([0, 1, 70, 5_000, 200_000, 262_144, 262_145, 700_000]), `${index},`),
  );
  await Promise.all(parts.flatMap((part) => [file.write(part), packed.write(part)]));
  const content = Buffer.concat(parts);
  expect(file.contentBytes).toBe(content.length);
  const [plain, gzip] = await outputs.commit();
  expect((await readFile(path)).equals(content)).toBe(true);
  expect(plain).toMatchObject({ byteCount: content.length, digest: sha256(content) });
  const stored = await readFile(`${path}.gz`);
  expect(gunzipSync(stored).equals(content)).toBe(true);
  expect(gzip).toMatchObject({ byteCount: stored.length, digest: sha256(stored) });
  // No time, and no operating system.
  expect([...stored.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
});

function sha256(content: Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

describe("an output whose name is known at the end", () => {
  test("gets it at the commit, whatever is there under the first one", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "a-1.jsonl"), "not ours");
    const outputs = createOutputSet();
    const file = await outputs.open(join(folder, "a-1.jsonl"), { isProvisional: true });
    await file.write(bytes("line\n"));
    await outputs.rename(file, join(folder, "a-1-of-2.jsonl"));
    expect(await outputs.commit()).toEqual([{ path: join(folder, "a-1-of-2.jsonl"), byteCount: 5 }]);
    expect(await read(folder, "a-1.jsonl")).toBe("not ours");
    expect(await read(folder, "a-1-of-2.jsonl")).toBe("line\n");
  });

  test("is refused a name that is taken", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "b.jsonl"), "not ours");
    const outputs = createOutputSet();
    const file = await outputs.open(join(folder, "a.jsonl"));
    await outputs.open(join(folder, "c.jsonl"));
    await expect(outputs.rename(file, join(folder, "b.jsonl"))).rejects.toMatchObject({
      code: "IO_OUTPUT_EXISTS",
    });
    await expect(outputs.rename(file, join(folder, "c.jsonl"))).rejects.toMatchObject({
      code: "IO_WRITE_FAILED",
    });
    await outputs.abort();
    expect(await readdir(folder)).toEqual(["b.jsonl"]);
  });
});

test("an old manifest goes after the files that only it tells of", async () => {
  const folder = await temporaryFolder();
  const [manifest, side] = [join(folder, "manifest.json"), join(folder, "side.jsonl")];
  await writeFile(manifest, "old");
  await mkdir(side);
  const outputs = createOutputSet({ force: true });
  await outputs.open(join(folder, "train.jsonl"));
  // A folder cannot be removed as a file: the commit ends there.
  await expect(outputs.commit({ last: manifest, remove: [side] })).rejects.toMatchObject({
    code: "IO_WRITE_FAILED",
  });
  expect(await read(manifest)).toBe("old");
  await outputs.abort();
});
