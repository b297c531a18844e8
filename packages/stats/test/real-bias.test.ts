import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { collectStatistics } from "../src/index.ts";
import { batchOf, type StatedPair } from "./make-batches.ts";

const folder = process.env.DPO_REAL_DATA;
const file = "pairwise/anthropics+hh-rlhf/harmless-base/test.jsonl.gz";
const TURN = "\n\nAssistant:";

function* pairsOf(path: string): Generator<StatedPair> {
  for (const line of gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n")) {
    const { chosen, rejected } = JSON.parse(line) as { chosen: string; rejected: string };
    const [prompt, preferred] = cutLastTurn(chosen);
    yield { prompt, preferred, nonPreferred: cutLastTurn(rejected)[1] };
  }
}

function cutLastTurn(transcript: string): [prompt: string, answer: string] {
  const at = transcript.lastIndexOf(TURN);
  return [transcript.slice(0, at), transcript.slice(at + TURN.length).trim()];
}

if (folder === undefined) {
  test.skip("bias of hh-rlhf: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  test("hh-rlhf harmless-base prefers the shorter answers, by a little", async () => {
    const batch = await batchOf([...pairsOf(join(folder, file))]);
    const statistics = await collectStatistics([batch]);
    const { cohensD, pairedD, longer, equal } = statistics.lengths.characters.bias;
    expect(statistics.pairs).toBe(2312);
    // Computed apart from this package, with Python's statistics module.
    expect(pairedD).toBeCloseTo(-0.18324757620225, 12);
    expect(cohensD).toBeCloseTo(-0.2212346974986776, 10);
    expect(longer).toMatchObject({ preferred: 1023, nonPreferred: 1278 });
    expect(equal).toBe(11);
    expect(statistics.findings.map(({ code }) => code)).toEqual([
      "AUDIT_TEMPLATE_RESIDUE",
      "AUDIT_LENGTH_BIAS",
      "AUDIT_REFUSAL_BIAS",
    ]);
  });
}
