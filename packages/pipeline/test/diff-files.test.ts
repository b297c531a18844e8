import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { diffFiles, runConversion } from "../src/node.ts";
import { pairLine } from "./pair-line.ts";
import { workspace } from "./workspace.ts";

const line = (number: number): string => pairLine(`Question ${number}?`, `Yes ${number}`, `No ${number}`);
const flipped = (number: number): string => pairLine(`Question ${number}?`, `No ${number}`, `Yes ${number}`);
const fileOf = (lines: readonly string[]): string => lines.map((each) => `${each}\n`).join("");

test("two files: what was added, removed and flipped, and where", async () => {
  const place = await workspace({
    "old.jsonl": fileOf([line(1), line(2), line(3)]),
    "new.jsonl": fileOf([line(3), flipped(2), line(4), line(5)]),
  });
  const result = await diffFiles({ old: place.path("old.jsonl"), new: place.path("new.jsonl") });
  expect(result).toMatchObject({ command: "diff", ok: true, exitCode: 0 });
  expect(result.files.map(({ side, pairs }) => [side, pairs])).toEqual([
    ["old", 3],
    ["new", 4],
  ]);
  expect(result.diff).toMatchObject({
    unchanged: 1,
    added: {
      pairs: 2,
      places: [
        { sourceId: 1, line: 3 },
        { sourceId: 1, line: 4 },
      ],
    },
    removed: { pairs: 1, places: [{ sourceId: 0, line: 1 }] },
    flipped: { pairs: 1, places: [{ sourceId: 1, line: 2 }] },
    moved: { pairs: 0 },
    same: false,
  });
});

test("it is a failure only where that is asked for, and the same is never one", async () => {
  const place = await workspace({
    "old.jsonl": fileOf([line(1), line(2)]),
    "new.jsonl": fileOf([line(1)]),
    "turned.jsonl": fileOf([line(2), line(1)]),
  });
  const old = place.path("old.jsonl");
  const differ = await diffFiles({ old, new: place.path("new.jsonl"), exitCode: true });
  expect(differ).toMatchObject({ ok: false, exitCode: 1 });
  const same = await diffFiles({ old, new: place.path("turned.jsonl"), exitCode: true });
  expect(same).toMatchObject({ ok: true, exitCode: 0, diff: { same: true } });
});

test("two runs with other splits: pairs that moved", async () => {
  const rows = Array.from({ length: 200 }, (_, row) => `Question ${row}?,Yes ${row},No ${row}`);
  const place = await workspace({ "in.csv": `prompt,chosen,rejected\n${rows.join("\n")}\n` });
  const inputs = [place.path("in.csv")];
  for (const [name, testSize] of [
    ["one", 0.1],
    ["two", 0.3],
  ] as const) {
    await runConversion({ inputs, output: `${place.path(name)}/`, testSize });
  }
  const { diff } = await diffFiles({ old: place.path("one"), new: place.path("two") });
  const [one, two] = await Promise.all(["one", "two"].map((name) => place.readLines(`${name}/test.jsonl`)));
  const before = new Set(one!.map((each) => JSON.stringify(each)));
  const after = new Set(two!.map((each) => JSON.stringify(each)));
  const moved =
    [...after].filter((each) => !before.has(each)).length +
    [...before].filter((each) => !after.has(each)).length;
  expect(moved).toBeGreaterThan(0);
  expect(diff).toMatchObject({ unchanged: 200 - moved, moved: { pairs: moved }, added: { pairs: 0 } });
  const files = await diffFiles({ old: place.path("one/test.jsonl"), new: place.path("two") });
  expect(files.diff.moved.pairs).toBe(0);
});

test("is the same with nearly no memory, which the disk takes the place of and gives back", async () => {
  const place = await workspace({
    "old.jsonl": fileOf(Array.from({ length: 400 }, (_, index) => line(index))),
    "new.jsonl": fileOf(
      Array.from({ length: 400 }, (_, index) => (index % 7 === 0 ? flipped(index) : line(index + 30))),
    ),
  });
  const asked = { old: place.path("old.jsonl"), new: place.path("new.jsonl") };
  const before = await workingFolders();
  const whole = await diffFiles(asked);
  const bounded = await diffFiles({ ...asked, memory: 1000 });
  expect(bounded).toEqual(whole);
  expect((await workingFolders()).filter((name) => !before.includes(name))).toEqual([]);
});

async function workingFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.includes(String(process.pid)));
}

test("tokens drift where they are counted", async () => {
  const place = await workspace({ "old.jsonl": fileOf([line(1)]), "new.jsonl": fileOf([line(2)]) });
  const asked = { old: place.path("old.jsonl"), new: place.path("new.jsonl") };
  const without = await diffFiles(asked);
  expect(new Set(without.diff.drift.map(({ unit }) => unit))).toEqual(new Set(["characters"]));
  const counted = await diffFiles({ ...asked, model: "gpt-4o" });
  expect(counted.encoding).toBe("o200k_base");
  expect(counted.diff.drift.filter(({ unit }) => unit === "tokens")).toHaveLength(3);
});

test("broken lines are a failure", async () => {
  const place = await workspace({ "old.jsonl": fileOf([line(1)]), "new.jsonl": fileOf([line(1), "{}"]) });
  const result = await diffFiles({ old: place.path("old.jsonl"), new: place.path("new.jsonl") });
  expect(result).toMatchObject({ exitCode: 1, diff: { same: true } });
  expect(result.next).toEqual([`dpo validate ${place.path("new.jsonl")}`]);
});

test("standard input cannot be both", async () => {
  await expect(diffFiles({ old: "-", new: "-" })).rejects.toMatchObject({ code: "RUN_OPTION_INVALID" });
});
