import {
  add,
  assembleModule,
  atLeast,
  branch,
  type Code,
  constant,
  get,
  increase,
  type Local,
  lessThan,
  loadByte,
  loadLong,
  loadWord,
  longAdd,
  longConstant,
  longMultiply,
  longRotateLeft,
  longShiftRight,
  longXor,
  loop,
  set,
  storeLong,
  subtract,
  toLong,
  when,
} from "@dpo-kit/schema/wasm-builder";

/** The most bytes that are hashed at a time. */
export const MAX_BYTES: number = 1 << 20;
/** Where in memory the hashes are written, and where the bytes stand. */
export const layout: Readonly<Record<"hashes" | "source", number>> = { hashes: 0, source: 64 };

const [PRIME_1, PRIME_2, PRIME_3, PRIME_4, PRIME_5] = [
  0x9e37_79b1_85eb_ca87n,
  0xc2b2_ae3d_27d4_eb4fn,
  0x1656_67b1_9e37_79f9n,
  0x85eb_ca77_c2b2_ae63n,
  0x27d4_eb2f_1656_67c5n,
] as const;

// Parameters: where the bytes begin and end.
const at = 0;
const end = 1;
// Locals.
const start = 2;
const input = 3;

/** What one seed needs: four lanes, and the hash that they are merged into. */
interface Hash {
  readonly seed: bigint;
  readonly lanes: readonly Local[];
  readonly hash: Local;
}

const LONGS_PER_SEED = 5;

/**
 * Assembles `hash`: it computes XXH64 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md) of the bytes
 * once with each seed, in one walk, and writes the results one behind another, least significant byte first.
 */
export function assembleKeyKernel(seeds: readonly bigint[]): Uint8Array<ArrayBuffer> {
  const hashes = seeds.map((seed, index): Hash => {
    const first = input + 1 + index * LONGS_PER_SEED;
    return { seed, lanes: [0, 1, 2, 3].map((lane) => first + lane), hash: first + 4 };
  });
  const body = [
    set(start, get(at)),
    when(
      lessThan(subtract(get(end), get(at)), constant(32)),
      hashes.map(({ seed, hash }) => set(hash, longConstant(seed + PRIME_5))),
      [...hashes.map(beginLanes), walkStripes(hashes), ...hashes.map(mergeLanes)],
    ),
    ...hashes.map(({ hash }) => set(hash, longAdd(get(hash), toLong(subtract(get(end), get(start)))))),
    walkRest(hashes),
    ...hashes.map(({ hash }, index) => [
      ...avalanche(hash),
      ...storeLong(constant(layout.hashes), get(hash), index * 8),
    ]),
    constant(0),
  ].flat();
  const memoryPages = Math.ceil((layout.source + MAX_BYTES) / 0x1_0000);
  const longs = 1 + seeds.length * LONGS_PER_SEED;
  return assembleModule(memoryPages, { name: "hash", parameters: 2, locals: [1, 0, longs], body });
}

function times(prime: bigint, value: Code): Code {
  return longMultiply(value, longConstant(prime));
}

function rotated(value: Code, bits: number): Code {
  return longRotateLeft(value, longConstant(BigInt(bits)));
}

function beginLanes({ seed, lanes }: Hash): Code {
  const first = [seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1];
  return lanes.flatMap((lane, index) => set(lane, longConstant(first[index]!)));
}

/** Takes 32 bytes at a time, as long as there are so many: eight for each lane. */
function walkStripes(hashes: readonly Hash[]): Code {
  const takeStripe = [0, 1, 2, 3].flatMap((lane) => [
    set(input, times(PRIME_2, loadLong(get(at), lane * 8))),
    ...hashes.map(({ lanes }) =>
      set(lanes[lane]!, times(PRIME_1, rotated(longAdd(get(lanes[lane]!), get(input)), 31))),
    ),
  ]);
  const isMore = atLeast(get(end), add(get(at), constant(32)));
  return loop(...takeStripe, increase(at, constant(32)), when(isMore, [branch(1)]));
}

function mergeLanes({ lanes, hash }: Hash): Code {
  const sum = lanes
    .map((lane, index) => rotated(get(lane), [1, 7, 12, 18][index]!))
    .reduce((total, each) => longAdd(total, each));
  const merged = lanes.flatMap((lane) =>
    mixed(hash, round(get(lane)), (mix) => addPrime(times(PRIME_1, mix), PRIME_4)),
  );
  return [...set(hash, sum), ...merged];
}

function round(value: Code): Code {
  return times(PRIME_1, rotated(times(PRIME_2, value), 31));
}

function addPrime(value: Code, prime: bigint): Code {
  return longAdd(value, longConstant(prime));
}

/** Mixes a value into a hash. */
function mixed(hash: Local, value: Code, finish: (mix: Code) => Code): Code {
  return set(hash, finish(longXor(get(hash), value)));
}

/** Takes what is left behind the stripes: eight bytes at a time, then four, then single ones. */
function walkRest(hashes: readonly Hash[]): Code {
  const take = (size: number, value: Code, finish: (mix: Code) => Code): Code => [
    ...set(input, value),
    ...hashes.flatMap(({ hash }) => mixed(hash, get(input), finish)),
    ...increase(at, constant(size)),
  ];
  const has = (size: number) => atLeast(get(end), add(get(at), constant(size)));
  const takeEight = take(8, round(loadLong(get(at))), (mix) =>
    addPrime(times(PRIME_1, rotated(mix, 27)), PRIME_4),
  );
  const takeFour = take(4, times(PRIME_1, toLong(loadWord(get(at)))), (mix) =>
    addPrime(times(PRIME_2, rotated(mix, 23)), PRIME_3),
  );
  const takeOne = take(1, times(PRIME_5, toLong(loadByte(get(at)))), (mix) =>
    times(PRIME_1, rotated(mix, 11)),
  );
  return [
    ...loop(when(has(8), [takeEight, branch(1)])),
    ...when(has(4), [takeFour]),
    ...loop(when(has(1), [takeOne, branch(1)])),
  ];
}

function avalanche(hash: Local): Code {
  const shifted = (bits: number): Code =>
    set(hash, longXor(get(hash), longShiftRight(get(hash), longConstant(BigInt(bits)))));
  return [
    ...shifted(33),
    ...set(hash, times(PRIME_2, get(hash))),
    ...shifted(29),
    ...set(hash, times(PRIME_3, get(hash))),
    ...shifted(32),
  ];
}
