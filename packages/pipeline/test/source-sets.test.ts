import { zipOf } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { claimSet } from "../src/formats/claim-set.ts";
import { findRecordSources } from "../src/node/find-record-sources.ts";
import { inspectInputs, runConversion } from "../src/node.ts";
import { type Workspace, workspace } from "./workspace.ts";

const rows = (...names: string[]): string =>
  names.map((name) => `{"prompt":"${name}?","chosen":"yes","rejected":"no"}\n`).join("");

async function promptsOf(place: Workspace, input: string, more: object = {}): Promise<string[]> {
  await runConversion({ inputs: [place.path(input)], output: place.path("out.jsonl"), force: true, ...more });
  const lines = (await place.readLines("out.jsonl")) as unknown as {
    input: { messages: { content: string }[] };
  }[];
  return lines.map(({ input: { messages } }) => messages[0]!.content);
}

const sourcesOf = async (place: Workspace, input: string): Promise<string[]> => {
  const found = await findRecordSources({ inputs: [place.path(input)] }, {});
  return found.map(({ name }) => name.slice(place.folder.length + 1));
};

const saved = {
  "saved/dataset_dict.json": '{"splits": ["train", "test"]}',
  "saved/train/state.json": '{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}',
  "saved/train/dataset_info.json": "{}",
  "saved/train/data-00000-of-00001.arrow": rows("a"),
  "saved/train/cache-0123.arrow": rows("made on the way"),
  "saved/test/state.json": '{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}',
  "saved/test/data-00000-of-00001.arrow": rows("b"),
};

describe("a folder", () => {
  test("of shards is read in their order", async () => {
    const place = await workspace({
      "set/train-00001-of-00002.jsonl": rows("b"),
      "set/train-00000-of-00002.jsonl": rows("a"),
      "set/README.md": "# About\n",
      "set/.hidden/train.jsonl": rows("hidden"),
    });
    expect(await promptsOf(place, "set")).toEqual(["a?", "b?"]);
    expect(await promptsOf(place, "set/")).toEqual(["a?", "b?"]);
    const manifest = (await place.readJson("out.manifest.json")) as unknown as { inputs: { name: string }[] };
    expect(manifest.inputs.map(({ name }) => name)).toEqual([
      "train-00000-of-00002.jsonl",
      "train-00001-of-00002.jsonl",
    ]);
  });

  test.each(["[]", '["a"]'])(
    "without preferences is refused as what it is, beside a list without objects: %s",
    async (list) => {
      const place = await workspace({
        "set/general/2024-01-01.json":
          '[{"type":"message","user":"U1","text":"Hello","ts":"1704100000.000100"}]',
        "set/canvases.json": list,
      });
      const converting = runConversion({ inputs: [place.path("set")], output: place.path("out.jsonl") });
      await expect(converting).rejects.toMatchObject({ code: "CHAT_NO_PREFERENCES" });
    },
  );

  const sharegpt = '[{"conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"}]}]';

  test.each(["notes.json", "export/notes.json"])(
    "without preferences is refused as what it is, beside a file of no known format: %s",
    async (name) => {
      const place = await workspace({ "set/sharegpt.json": sharegpt, [`set/${name}`]: '[{"title":"a"}]' });
      const converting = runConversion({ inputs: [place.path("set")], output: place.path("out.jsonl") });
      await expect(converting).rejects.toMatchObject({
        code: "CHAT_NO_PREFERENCES",
        location: { source: place.path("set/sharegpt.json") },
        message: expect.stringMatching(
          /ShareGPT.*holds no preferences \(beside it, of no known format: notes\.json\): /u,
        ),
      });
    },
  );

  test("gives rows, whatever chat log without preferences is beside them", async () => {
    const place = await workspace({ "set/sharegpt.json": sharegpt, "set/train.jsonl": rows("a") });
    expect(await promptsOf(place, "set")).toEqual(["a?"]);
  });

  test("tells of shards that are not there", async () => {
    const place = await workspace({ "set/train-00001-of-00002.jsonl": rows("b") });
    const { plan } = await inspectInputs({ inputs: [place.path("set")] });
    expect(plan.sources[0]!.facts).toContainEqual({
      label: "not there",
      value: "train-00000-of-00002.jsonl",
      why: "the names of the others count it",
    });
  });

  test("of save_to_disk is read by what it says of itself", async () => {
    const place = await workspace(saved);
    expect(await promptsOf(place, "saved/train")).toEqual(["a?"]);
    expect(await promptsOf(place, "saved", { hubSplit: "test" })).toEqual(["b?"]);
    expect(await promptsOf(place, "saved", { hubSplit: "train+test" })).toEqual(["a?", "b?"]);
    await expect(promptsOf(place, "saved")).rejects.toMatchObject({
      code: "HUB_CHOICE_NEEDED",
      message: expect.stringContaining("train, test"),
      hint: expect.stringContaining("--hub-split train"),
    });
  });

  test("that was cloned from the Hub is read by its card", async () => {
    const card = "---\nconfigs:\n- config_name: default\n  data_files: lines/*.jsonl\n---\n";
    const place = await workspace({
      "set/README.md": card,
      "set/lines/x.jsonl": rows("a"),
      "set/other.jsonl": rows("b"),
    });
    expect(await promptsOf(place, "set")).toEqual(["a?"]);
  });

  test("tells what was passed over", async () => {
    const place = await workspace({ "set/train.jsonl": rows("a"), "set/notes.json": "[]" });
    const { plan } = await inspectInputs({ inputs: [place.path("set")] });
    expect(plan.sources[0]!.facts).toContainEqual({
      label: "passed over",
      value: "notes.json",
      why: "--member reads others",
    });
  });

  test("without data is refused with what it holds", async () => {
    const place = await workspace({ "set/a.txt": "a", "set/b.txt": "b", "empty/.keep": "" });
    await expect(promptsOf(place, "set")).rejects.toMatchObject({
      code: "IO_UNSUPPORTED_FORMAT",
      hint: expect.stringContaining("a.txt, b.txt"),
    });
    await expect(promptsOf(place, "empty")).rejects.toMatchObject({ hint: "It holds no files." });
  });
});

describe("a zip archive", () => {
  const archive = {
    "export/train.jsonl": rows("a"),
    "export/test.jsonl": rows("b"),
    "export/about.txt": "about",
    "__MACOSX/export/._train.jsonl": "\0",
  };

  test("is read as a folder of its files", async () => {
    const place = await workspace({ "set.zip": zipOf(archive) });
    expect(await promptsOf(place, "set.zip", { hubSplit: "train" })).toEqual(["a?"]);
    await expect(promptsOf(place, "set.zip")).rejects.toMatchObject({
      code: "HUB_CHOICE_NEEDED",
      message: expect.stringContaining("set.zip has several splits: test, train"),
    });
  });

  test("gives the members that are asked for, by name or pattern", async () => {
    const place = await workspace({ "set.zip": zipOf(archive) });
    expect(await promptsOf(place, "set.zip", { member: "export/test.jsonl" })).toEqual(["b?"]);
    expect(await promptsOf(place, "set.zip", { member: "**/*.jsonl" })).toEqual(["b?", "a?"]);
    await expect(promptsOf(place, "set.zip", { member: "none" })).rejects.toMatchObject({
      message: "The archive has no file none",
      hint: expect.stringContaining("export/about.txt, export/test.jsonl, export/train.jsonl"),
    });
  });

  test("of one file is that file, whatever its name; text in any format is read", async () => {
    const place = await workspace({ "set.zip": zipOf({ table: "prompt,chosen,rejected\na?,yes,no\n" }) });
    expect(await promptsOf(place, "set.zip")).toEqual(["a?"]);
    expect(await sourcesOf(place, "set.zip")).toEqual(["set.zip/table"]);
  });

  test("may have paths that lead out of it: nothing is left out, and nothing is written there", async () => {
    const place = await workspace({
      "here.zip": zipOf({ "./a.jsonl": rows("a"), "./b.jsonl": rows("b") }),
      "out.zip": zipOf({ "../../a.jsonl": rows("a"), "/etc/b.jsonl": rows("b") }),
    });
    expect(await promptsOf(place, "here.zip")).toEqual(["a?", "b?"]);
    expect(await promptsOf(place, "out.zip", { member: "../../a.jsonl" })).toEqual(["a?"]);
    await expect(promptsOf(place, "out.zip")).rejects.toMatchObject({ code: "HUB_CHOICE_NEEDED" });
    expect(await place.list()).toEqual(["here.zip", "out.jsonl", "out.manifest.json", "out.zip"]);
  });

  test("with two members of the same name is refused", async () => {
    const twice = zipOf({ "a.jsonl": rows("a"), "b.jsonl": rows("b") }).toString("latin1");
    const place = await workspace({
      "set.zip": Buffer.from(twice.replaceAll("b.jsonl", "a.jsonl"), "latin1"),
    });
    await expect(promptsOf(place, "set.zip")).rejects.toMatchObject({
      code: "IO_ZIP_DAMAGED",
      message: expect.stringContaining("the same name: a.jsonl"),
    });
  });

  test("that is a spreadsheet is refused as one", async () => {
    const sheet = zipOf({ "[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>" });
    const place = await workspace({ "set.xlsx": sheet });
    await expect(promptsOf(place, "set.xlsx")).rejects.toMatchObject({
      code: "IO_UNSUPPORTED_FORMAT",
      message: expect.stringContaining("Excel workbook"),
    });
  });

  test("that is cut off is refused", async () => {
    const place = await workspace({ "set.zip": zipOf(archive).subarray(0, 100) });
    await expect(promptsOf(place, "set.zip")).rejects.toMatchObject({ code: "IO_ZIP_DAMAGED" });
  });
});

test("without a format that takes sets, none is claimed", async () => {
  const set = { name: "set", kind: "folder" as const, members: [] };
  expect(await claimSet(set, { inputs: ["set"] })).toBeUndefined();
});
