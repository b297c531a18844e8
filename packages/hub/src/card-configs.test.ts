import { expect, test } from "vitest";
import { headOfCard, readCardConfigs } from "./card-configs.ts";

const card = (yaml: string) => `---\n${yaml}\n---\n# Title\n`;

test("every way of writing data_files is read", async () => {
  const yaml = `
license: mit
configs:
- config_name: default
  default: true
  data_files:
  - split: train
    path: data/train-*
  - split: test
    path: [a.jsonl, ./b.jsonl]
- config_name: mapped
  data_files: { train: x/*.csv, __proto__: y.csv }
- config_name: one
  data_files: pairs.jsonl
- config_name: many
  data_files: [a.csv, b.csv]
- config_name: folder
  data_dir: ./en/
- data_files: z.csv`;
  expect(await readCardConfigs(card(yaml))).toEqual([
    config("default", { train: ["data/train-*"], test: ["a.jsonl", "b.jsonl"] }, { isDefault: true }),
    {
      ...config("mapped"),
      patterns: new Map([
        ["train", ["x/*.csv"]],
        ["__proto__", ["y.csv"]],
      ]),
    },
    config("one", { train: ["pairs.jsonl"] }),
    config("many", { train: ["a.csv", "b.csv"] }),
    config("folder", undefined, { folder: "en" }),
    config("default", { train: ["z.csv"] }),
  ]);
});

function config(name: string, patterns?: Record<string, string[]>, more: object = {}): object {
  const map = patterns && { patterns: new Map(Object.entries(patterns)) };
  return { name, isDefault: false, folder: "", ...map, ...more };
}

test("cards without configs", async () => {
  for (const text of [
    "",
    "# Title",
    "---\nlicense: mit",
    card("license: mit"),
    card("configs: 3"),
    card("- a"),
  ]) {
    expect(await readCardConfigs(text)).toEqual([]);
  }
});

test("line ends of Windows and a byte order mark", async () => {
  const text = "\uFEFF---\r\nconfigs:\r\n- config_name: a\r\n---\r\n# Title";
  expect(await readCardConfigs(text)).toEqual([config("a")]);
  expect(headOfCard("---\n---\n")).toBe("");
});

test.each([
  "configs: [",
  "configs:\n- data_files: [{split: train}]",
  "configs:\n- config_name: [a]",
  `configs:\n- data_files: "${"*a".repeat(1000)}"`,
  "a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]",
  `a: ${"x".repeat(2 ** 20)}`,
])("a broken card is refused (%#)", async (yaml) => {
  await expect(readCardConfigs(card(yaml))).rejects.toMatchObject({ code: "HUB_CARD_INVALID" });
});
