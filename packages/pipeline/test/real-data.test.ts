import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { ReadingRequest } from "../src/index.ts";
import { runConversion } from "../src/node.ts";
import { workspace } from "./workspace.ts";

const folder = process.env.DPO_REAL_DATA;

/** Parquet copies of real files, and the files they are copies of. */
const twins = [
  ["hh_harmless_test.snappy.parquet", "anthropics+hh-rlhf/harmless-base/test.jsonl.gz"],
  ["llamafactory_dpo_en_demo.uncompressed.parquet", "hiyouga+LLaMA-Factory/data/dpo_en_demo.json"],
] as const;

type Flags = Partial<Omit<ReadingRequest, "inputs">>;

/** The flags under which a file has the listed pairs, where it has others without flags. */
const listedUnder: Readonly<Record<string, Flags>> = {
  "LAION-AI+Open-Assistant/model/model_eval/manual/data/en_100_tree.jsonl": { pairs: "all" },
  "hiyouga+LLaMA-Factory/data/kto_en_demo.json": { gatherBy: ["messages"] },
};

/** What other counts of a file are listed as, and the flags they are of. */
const alternativeFlags: Readonly<Record<string, Flags>> = {
  adjacent: { pairs: "adjacent" },
  best_vs_worst: { pairs: "best-worst" },
};

/** Files that hold no preferences at all. */
const refusedFiles: ReadonlySet<string> = new Set([
  "TorshaMajumder+DeepShield-DPO-Alignment/data/preferences.csv",
]);

interface Listed {
  file: string;
  pairs: number;
  flags: Flags;
}

if (folder === undefined) {
  test.skip("real datasets: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  const real = (name: string): string => join(folder, "pairwise", name);
  const table: Record<string, unknown>[] = [];

  describe("real datasets", () => {
    test.each(twins)("%s gives the bytes of its JSON twin", async (parquet, json) => {
      const place = await workspace();
      const outputs = await Promise.all(
        [`_parquet/${parquet}`, json].map(async (name, index) => {
          await runConversion({ inputs: [real(name)], output: place.path(`${index}.jsonl`) });
          return place.read(`${index}.jsonl`);
        }),
      );
      expect(outputs[0]!.length).toBeGreaterThan(0);
      expect(outputs[0]).toBe(outputs[1]);
    });

    const listed = readSources(real("SOURCES.tsv"));
    const refused = listed.filter(({ file }) => refusedFiles.has(file));

    test.each(refused)("$file is refused, and the reason is said", async ({ file, pairs }) => {
      const place = await workspace();
      const run = runConversion({ inputs: [real(file)], output: place.path("out.jsonl") });
      await expect(run).rejects.toMatchObject({ code: "RUN_NO_PREFERENCES" });
      table.push({ file, listed: pairs, found: 0, refused: "RUN_NO_PREFERENCES" });
      expect(pairs).toBe(0);
    });

    const converted = listed.filter((each) => !refused.includes(each));
    test.each(converted)("$file gives $pairs pairs", async ({ file, pairs, flags }) => {
      const place = await workspace();
      const request = { inputs: [real(file)], output: place.path("out.jsonl"), ...flags };
      const { ledgers } = await runConversion(request);
      const { total, skipped, rejected } = ledgers.records;
      const found = ledgers.pairs.total;
      const left = Object.fromEntries([...skipped, ...rejected]);
      table.push({
        file,
        flags: Object.values(flags).join(" "),
        records: total,
        listed: pairs,
        found,
        ...left,
      });
      expect(found).toBe(pairs);
    });
  });

  // biome-ignore lint/suspicious/noConsole: the table is what somebody runs this for
  afterAll(() => console.table(table));
}

/** Every file of the list with its pairs, and again for each other count that is listed of it. */
function readSources(path: string): Listed[] {
  const [head, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = head!.split("\t");
  return lines.flatMap((line) => {
    const cells = line.split("\t");
    const [file, pairs, others] = ["local_file", "pairs", "alternatives"].map(
      (name) => cells[names.indexOf(name)] ?? "",
    );
    const listed = { file: file!, pairs: Number(pairs), flags: listedUnder[file!] ?? {} };
    const alternatives = others!.split(";").filter((part) => part !== "");
    // Files that only describe others have no pairs to count.
    return Number.isNaN(listed.pairs)
      ? []
      : [listed, ...alternatives.map((part) => alternativeOf(file!, part.split("=")))];
  });
}

function alternativeOf(file: string, [name, pairs]: readonly string[]): Listed {
  return { file, pairs: Number(pairs), flags: alternativeFlags[name!]! };
}
