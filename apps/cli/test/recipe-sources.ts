import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createRandom } from "@dpo-kit/testkit";
import { runDpo } from "./run-dpo.ts";

interface Row {
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
  readonly score: number;
}

/** Rows of a source: a few bad, a few that all sources have, the others its own. */
function someRows(source: number, seed: number): Row[] {
  const random = createRandom(seed + source);
  return Array.from({ length: 200 + 100 * source }, (_, index): Row => {
    const chosen = `Answer ${random.next()}. ${"A sentence, as there are many. ".repeat(random.integer(5, 40))}`;
    const score = index % 7;
    if (index % 100 === 1) {
      return { prompt: `Shared ${index}`, chosen: "Yes", rejected: "No", score: 5 };
    }
    const prompt = `Question ${source} ${index}`;
    return { prompt, chosen, rejected: index % 150 === 0 ? chosen : `No ${index}`, score };
  });
}

const lines = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

function csv(rows: readonly Row[]): string {
  const cells = rows.map((row) => `${row.prompt},"${row.chosen}","${row.rejected}",${row.score}\n`);
  return `question,best,worst,score\n${cells.join("")}`;
}

/** Votes as the logs of FastChat have them. */
function votes(rows: readonly Row[]): string {
  const state = (prompt: string, answer: string, model: string): object => ({
    template_name: "x",
    system_message: "",
    roles: ["USER", "ASSISTANT"],
    messages: [
      ["USER", prompt],
      ["ASSISTANT", answer],
    ],
    offset: 0,
    conv_id: `${model} ${prompt}`,
    model_name: model,
  });
  return lines(
    rows.map(({ prompt, chosen, rejected }) => ({
      tstamp: 1700000000.5,
      type: "leftvote",
      models: ["", ""],
      states: [state(prompt, chosen, "m1"), state(prompt, rejected, "m2")],
      ip: "203.0.113.7",
    })),
  );
}

/** Writes five sources, each of another kind, to a folder that it makes. */
export async function writeSources(folder: string, seed: number): Promise<void> {
  await mkdir(folder);
  const [table, plain, columnar, chat, packed] = [0, 1, 2, 3, 4].map((source) => someRows(source, seed));
  const mapped = plain!.map(({ prompt, chosen, rejected }) => ({ q: prompt, good: chosen, bad: rejected }));
  await writeFile(join(folder, "table.csv"), csv(table!));
  await writeFile(join(folder, "rows.jsonl"), lines(mapped));
  await writeFile(join(folder, "votes.jsonl"), votes(chat!));
  await writeFile(join(folder, "packed.jsonl.gz"), gzipSync(lines(packed!)));
  await writeFile(join(folder, "columns.jsonl"), lines(columnar!));
  await toParquet(folder, "columns");
}

/** Turns rows of JSON Lines into the Parquet that a trainer is given. */
async function toParquet(folder: string, name: string): Promise<void> {
  const commands = [
    ["convert", `${name}.jsonl`, "-o", "made/train.jsonl", "--allow-rejects", "100%"],
    ["export", "made/train.jsonl", "--to", "trl", "--parquet", "-o", "made/"],
  ];
  for (const words of commands) {
    const { exitCode, stderr } = await runDpo(words, { cwd: folder });
    if (exitCode !== 0) {
      throw new Error(stderr);
    }
  }
  await rename(join(folder, "made/trl/train.parquet"), join(folder, `${name}.parquet`));
  await rm(join(folder, "made"), { recursive: true });
  await rm(join(folder, `${name}.jsonl`));
}

/** A recipe of the five, each read in its own way, beside a folder `sources`. */
export const fiveSources = `version: 1
sources:
  - from: ../sources/table.csv
    columns: { prompt: question, preferred: best, non_preferred: worst }
    where: score >= 2
  - from: ../sources/rows.jsonl
    columns: { prompt: q, preferred: good, non_preferred: bad }
    limit: 250
  - from: ../sources/columns.parquet
  - from: ../sources/votes.jsonl
    signals: vote
  - from: ../sources/packed.jsonl.gz
dedupe: normalised
conflicts: drop
split: { train: 0.9, validation: 0.1 }
shuffle: true
shard_size: 30000
allow_rejects: 2%
provenance: true
output: { dir: out }
`;
