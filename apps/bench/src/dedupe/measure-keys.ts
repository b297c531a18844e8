// Keys: how long it takes to look up and remember very many, and in how much memory.
// node apps/bench/dist/dedupe/measure-keys.js [--keys 50e6] [--memory 2e9] [--folder /tmp]
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { loadBuilt } from "./load-built.ts";

interface KeyIndex {
  add(words: Uint32Array, at: number, value: number): number;
  close(): void;
}

interface DedupeModule {
  createKeyIndex(options: { memory: number; spill: object }): KeyIndex;
}

interface DedupeNodeModule {
  createDiskSpill(folder: string): { close(): void };
}

const { values } = parseArgs({
  options: {
    keys: { type: "string", default: "50e6" },
    memory: { type: "string", default: "2e9" },
    folder: { type: "string", default: tmpdir() },
  },
});
const keys = Number(values.keys);
const memory = Number(values.memory);
/** Every tenth key is one that came before. */
const REPEATED_EVERY = 10;

function scramble(seed: number): number {
  let hash = Math.imul(seed ^ (seed >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Adds all keys, and gives how many were known. */
function addKeys(index: KeyIndex): number {
  const key = new Uint32Array(4);
  let known = 0;
  for (let number = 0; number < keys; number += 1) {
    const isRepeated = number % REPEATED_EVERY === REPEATED_EVERY - 1;
    // A number below this one that no repeated key stands at.
    const earlier = Math.floor((scramble(number) / 2 ** 32) * (number / REPEATED_EVERY)) * REPEATED_EVERY;
    const id = isRepeated ? earlier : number;
    key.set([scramble(id), scramble(id ^ 0x5bd1e995), scramble(id + 0x3c6ef372), scramble(~id)]);
    known += index.add(key, 0, number) === -1 ? 0 : 1;
  }
  return known;
}

const { createKeyIndex } = await loadBuilt<DedupeModule>("dedupe");
const { createDiskSpill } = await loadBuilt<DedupeNodeModule>("dedupe", "node.js");
const spill = createDiskSpill(values.folder);
const index = createKeyIndex({ memory, spill });
const start = performance.now();
const known = addKeys(index);
const seconds = (performance.now() - start) / 1000;
index.close();
spill.close();
if (known !== Math.floor(keys / REPEATED_EVERY)) {
  throw new Error(`${known} keys were known, not ${Math.floor(keys / REPEATED_EVERY)}`);
}
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(
  `${keys} keys at ${memory} bytes: ${seconds.toFixed(1)} s, ${peak} MiB at most, ${known} known\n`,
);
