import type { AssistantMessage, DpoExample, Message } from "@dpo-kit/schema";

/**
 * The keys of `docs/keys.md` computed once more, straight from that page and slowly, with nothing shared with
 * the code under test.
 */
export function referenceKeys(example: DpoExample, line: string): Record<string, string> {
  return {
    lineKey: keyText(utf8(line)),
    promptKey: keyText(promptMaterial(example)),
    preferredKey: keyText(listOf(example.preferred_output)),
    nonPreferredKey: keyText(listOf(example.non_preferred_output)),
  };
}

/** What the prompt key is computed of. */
export function promptMaterial(example: DpoExample): number[] {
  return listOf(example.input.messages);
}

export function referenceSplitValue(example: DpoExample, seed: bigint): number {
  const material = promptMaterial(example);
  const key = [...littleEndian(slowXxh64(material, 0n)), ...littleEndian(slowXxh64(material, secondSeed))];
  return Number(slowXxh64(key, seed) >> 11n) / 2 ** 53;
}

const secondSeed = BigInt(`0x${[...utf8("dpo-kit1")].map((byte) => byte.toString(16)).join("")}`);

function keyText(bytes: number[]): string {
  return [0n, secondSeed].map((seed) => slowXxh64(bytes, seed).toString(16).padStart(16, "0")).join("");
}

function listOf(messages: readonly Message[]): number[] {
  return [
    ...number(messages.length),
    ...messages.flatMap((message) => messageOf(message as AssistantMessage)),
  ];
}

function messageOf({ role, content, refusal, name, tool_calls, function_call }: AssistantMessage): number[] {
  const parts = typeof content === "string" ? [{ type: "text", text: content } as const] : (content ?? []);
  const texts = parts.map((part): [number, string] =>
    part.type === "text" ? [0, part.text] : [1, part.refusal],
  );
  texts.push([1, refusal ?? ""]);
  const said = texts.filter(([, text]) => fold(text) !== "");
  const calls = (tool_calls ?? []).map((call) => call.function);
  if (function_call) {
    calls.push(function_call);
  }
  return [
    ...field(role),
    ...number(said.length),
    ...said.flatMap(([kind, text]) => [...number(kind), ...field(text)]),
    ...field(name ?? ""),
    ...number(calls.length),
    ...calls.flatMap((call) => [...field(call.name), ...field(call.arguments)]),
  ];
}

function field(text: string): number[] {
  const bytes = utf8(fold(text));
  return [...number(bytes.length), ...bytes];
}

/** The code points of `docs/keys.md`, listed here once more. */
const whiteSpace: ReadonlySet<number> = new Set([
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff],
]);

function fold(text: string): string {
  const words = [""];
  for (const character of text.normalize("NFC").toLowerCase()) {
    if (whiteSpace.has(character.codePointAt(0)!)) {
      words.push("");
    } else {
      words[words.length - 1] += character;
    }
  }
  return words.filter((word) => word !== "").join(" ");
}

function number(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff];
}

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function littleEndian(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(index * 8)) & 0xffn));
}

const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

/** XXH64 as https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md specifies it, step by step. */
export function slowXxh64(input: readonly number[], seed: bigint): bigint {
  let at = 0;
  let hash: bigint;
  if (input.length >= 32) {
    const lanes = [seed + prime1 + prime2, seed + prime2, seed, seed - prime1].map(u64);
    for (; at + 32 <= input.length; at += 32) {
      lanes.forEach((lane, index) => {
        lanes[index] = round(lane, read(input, at + index * 8, 8));
      });
    }
    hash = u64([1n, 7n, 12n, 18n].reduce((sum, bits, index) => sum + rotate(lanes[index]!, bits), 0n));
    for (const lane of lanes) {
      hash = u64((hash ^ round(0n, lane)) * prime1 + prime4);
    }
  } else {
    hash = u64(seed + prime5);
  }
  hash = u64(hash + BigInt(input.length));
  for (; at + 8 <= input.length; at += 8) {
    hash = u64(rotate(hash ^ round(0n, read(input, at, 8)), 27n) * prime1 + prime4);
  }
  if (at + 4 <= input.length) {
    hash = u64(rotate(hash ^ u64(read(input, at, 4) * prime1), 23n) * prime2 + prime3);
    at += 4;
  }
  for (; at < input.length; at += 1) {
    hash = u64(rotate(hash ^ u64(read(input, at, 1) * prime5), 11n) * prime1);
  }
  hash = u64((hash ^ (hash >> 33n)) * prime2);
  hash = u64((hash ^ (hash >> 29n)) * prime3);
  return hash ^ (hash >> 32n);
}

function round(lane: bigint, input: bigint): bigint {
  return u64(rotate(u64(lane + input * prime2), 31n) * prime1);
}

function rotate(value: bigint, bits: bigint): bigint {
  return u64((value << bits) | (value >> (64n - bits)));
}

function read(input: readonly number[], at: number, size: number): bigint {
  return input.slice(at, at + size).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
