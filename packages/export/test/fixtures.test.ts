import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { validateExample } from "@dpo-kit/schema";
import { describe, expect, test } from "vitest";
import { type ExportTarget, exportExample, exportTargets, formatRow } from "../src/index.ts";
import { readExample } from "./read-example.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const isUpdating = process.env.DPO_UPDATE_FIXTURES === "1";

function expectFile(path: string, text: string): void {
  if (isUpdating) {
    writeFileSync(path, text);
  }
  expect(text, `${path} (to write it: DPO_UPDATE_FIXTURES=1 npx vitest run)`).toBe(
    readFileSync(path, "utf8"),
  );
}

/** What becomes of the lines of a fixture. */
function exportLines(target: ExportTarget, lines: readonly string[]) {
  const counts: Record<"losses" | "leftOut", Record<string, number>> = { losses: {}, leftOut: {} };
  const count = (kind: keyof typeof counts, code: string): void => {
    counts[kind][code] = (counts[kind][code] ?? 0) + 1;
  };
  const keys = new Set<string>();
  const rows = lines.flatMap((line) => {
    const exported = exportExample(readExample(line), target);
    if (exported.kind === "left-out") {
      count("leftOut", exported.reason);
      return [];
    }
    for (const code of exported.losses) {
      count("losses", code);
    }
    exported.rows.flatMap(Object.keys).forEach((key) => void keys.add(key));
    return exported.rows.map(formatRow);
  });
  return { rows, counts, keys };
}

test("targets on disk, targets in the list and fixtures are the same", () => {
  const listed = exportTargets.map(({ id }) => id).sort();
  const onDisk = readdirSync(`${root}src/targets`).map((name) => name.replace(/\.ts$/u, ""));
  expect(onDisk.sort()).toEqual(listed);
  expect(readdirSync(`${root}fixtures`).sort()).toEqual(listed);
});

test("no two targets go by one name", () => {
  const names = exportTargets.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(exportTargets.map((target) => [target.id, target] as const))("%s", (id, target) => {
  const folder = `${root}fixtures/${id}`;
  const lines = readFileSync(`${folder}/input.jsonl`, "utf8").trimEnd().split("\n");

  test("every line of its fixture is canonical", () => {
    const wrong = lines.flatMap((line) => validateExample(JSON.parse(line), { targets: ["openai"] }));
    expect(wrong.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("its fixture becomes what is expected", () => {
    const { rows, counts } = exportLines(target, lines);
    expectFile(`${folder}/expected.jsonl`, rows.map((row) => `${row}\n`).join(""));
    expectFile(`${folder}/losses.json`, `${JSON.stringify(counts, null, 2)}\n`);
  });

  test("what stands beside its files", () => {
    const { keys } = exportLines(target, lines);
    const files = target.sideFiles?.([{ split: "train", name: "train.jsonl", keys }]) ?? [];
    for (const { name, text } of files) {
      expectFile(`${folder}/${name}`, text);
    }
    const known = new Set(["input.jsonl", "expected.jsonl", "losses.json", ...files.map(({ name }) => name)]);
    expect(readdirSync(folder).filter((name) => !known.has(name))).toEqual([]);
  });

  test("every loss and reason that it declares is shown by its fixture", () => {
    const { losses, leftOut } = exportLines(target, lines).counts;
    const shown = [...Object.keys(losses), ...Object.keys(leftOut)];
    // Told where a table is written, or by who writes the rows of all examples.
    const elsewhere = ["EXPORT_LOSES_ARGUMENT_TYPE", "EXPORT_OMITS_REPEATED"];
    const declared = [...target.losses, ...target.omissions].filter((code) => !elsewhere.includes(code));
    expect(declared.filter((code) => !shown.includes(code))).toEqual([]);
  });
});
