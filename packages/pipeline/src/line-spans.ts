import { SPANS_PER_LINE } from "@dpo-kit/batch";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * Where `messages`, `tools`, `preferred_output` and `non_preferred_output` stand in a canonical line: eight
 * offsets into its bytes, as `PairBatch` keeps them; 0 twice for tools that it leaves out. The line is valid.
 */
export function lineSpans(line: Uint8Array): Uint32Array {
  const spans = new Uint32Array(SPANS_PER_LINE);
  const members = memberSpans(line, skipSpace(line, 0));
  const input = memberSpans(line, members.get("input")![0]);
  const found = [
    input.get("messages"),
    input.get("tools"),
    members.get("preferred_output"),
    members.get("non_preferred_output"),
  ];
  found.forEach((span, index) => {
    spans.set(span ?? [0, 0], index * 2);
  });
  return spans;
}

type Span = readonly [start: number, end: number];

/** Start and end of the values of the object that begins at `at`, by their keys; of a key that stands twice the last. */
function memberSpans(json: Uint8Array, at: number): Map<string, Span> {
  const members = new Map<string, Span>();
  let next = skipSpace(json, at + 1);
  while (json[next] === QUOTE) {
    const keyEnd = skipString(json, next);
    const key = JSON.parse(utf8.decode(json.subarray(next, keyEnd))) as string;
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = skipValue(json, start);
    members.set(key, [start, end]);
    next = skipSpace(json, end);
    next = json[next] === COMMA ? skipSpace(json, next + 1) : next;
  }
  return members;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function skipSpace(json: Uint8Array, at: number): number {
  let next = at;
  while (json[next]! <= 0x20) {
    next += 1;
  }
  return next;
}

function skipString(json: Uint8Array, at: number): number {
  let next = at + 1;
  while (json[next] !== QUOTE) {
    next += json[next] === BACKSLASH ? 2 : 1;
  }
  return next + 1;
}

function isOpening(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function isClosing(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}

function skipValue(json: Uint8Array, at: number): number {
  let next = at;
  let depth = 0;
  do {
    const byte = json[next]!;
    if (byte === QUOTE) {
      next = skipString(json, next);
    } else {
      depth += isOpening(byte) ? 1 : isClosing(byte) ? -1 : 0;
      next += 1;
    }
  } while (depth > 0 || (json[at] !== QUOTE && !isOpening(json[at]!) && isScalarByte(json[next]!)));
  return next;
}

/** Inside a number, `true`, `false` or `null`. */
function isScalarByte(byte: number): boolean {
  return byte > 0x20 && byte !== COMMA && !isClosing(byte);
}
