import { carriedJsonText, carryJson, isCarriedJson, type JsonValue } from "@dpo-kit/schema";
import { makeColumns, numericColumns } from "../encoder/line-columns.ts";
import type { Ledgers } from "../ledger.ts";
import type { Provenance } from "../outcome.ts";
import type { GroupColumn, PairBatch, RejectEntry } from "../pair-batch.ts";
import { fromLittleEndian, toLittleEndian } from "./little-endian.ts";

/**
 * The stored form of a batch, for the spool on disk. All numbers are little-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 4 | `DPOB` |
 * | 4 | version, 1 |
 * | 8 | the number n of sections, as a 64-bit float |
 * | 8 × n | the length of each section in bytes, as a 64-bit float |
 * | | the sections, each followed by zeros up to a multiple of 8 |
 *
 * The sections: a JSON text of all that is no column; the lines; the numeric columns in the order of
 * `numericColumns`; of each group column the hashes and the indexes.
 */
const MAGIC = 0x424f5044;
const VERSION = 1;
const ALIGNMENT = 8;

/** What of a batch is no column of numbers. */
interface Facts {
  count: number;
  ruleNames: readonly string[];
  groups: readonly Pick<GroupColumn, "name" | "values">[];
  provenance: readonly (Provenance | null)[] | null;
  rejects: readonly StoredReject[];
  notes: PairBatch["notes"];
  noteCounts: PairBatch["noteCounts"];
  transforms: [string, number][];
  ledgers: Ledgers;
}

/** The same as JSON holds it. */
type StoredFacts = Omit<Facts, "ledgers"> & { ledgers: StoredLedgers };

/** Ledgers whose counts are lists of entries. */
type StoredLedgers = Record<keyof Ledgers, Record<string, number | [string, number][]>>;

/** A record is stored as JSON text, which keeps any nesting and, where it was carried, its number tokens. */
interface StoredReject extends Omit<RejectEntry, "record"> {
  record?: { json: string; carried: boolean; bytes: number };
}

/** The stored form of a batch, in parts that are to be written one after another. */
export function encodePairBatch(batch: PairBatch): Uint8Array[] {
  const sections: Uint8Array[] = [
    new TextEncoder().encode(JSON.stringify(factsOf(batch), mapsAsEntries)),
    batch.bytes,
    ...numericColumns.map(({ name }) => toLittleEndian(batch[name])),
    ...batch.groups.flatMap(({ hash, index }) => [toLittleEndian(hash), toLittleEndian(index)]),
  ];
  const header = new DataView(new ArrayBuffer(16 + sections.length * 8));
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, VERSION, true);
  header.setFloat64(8, sections.length, true);
  sections.forEach((section, index) => {
    header.setFloat64(16 + index * 8, section.byteLength, true);
  });
  const parts = sections.flatMap((section) => [section, new Uint8Array(paddingOf(section.byteLength))]);
  return [new Uint8Array(header.buffer), ...parts].filter((part) => part.byteLength > 0);
}

/**
 * The batch of a stored form. Its buffers are its own.
 *
 * @throws {RangeError} when the bytes are no stored batch of this version, or not all of it.
 */
export function decodePairBatch(bytes: Uint8Array): PairBatch {
  const [factsBytes, lines, ...columns] = readSections(bytes) as [Uint8Array, ...ArrayBufferSlice[]];
  const facts = JSON.parse(new TextDecoder().decode(factsBytes)) as StoredFacts;
  const { count, ruleNames, notes, noteCounts } = facts;
  return {
    count,
    bytes: lines!,
    ...makeColumns(({ Kind }) => fromLittleEndian(columns.shift()!, Kind)),
    ruleNames,
    groups: facts.groups.map(({ name, values }) => ({
      name,
      hash: fromLittleEndian(columns.shift()!, Uint32Array),
      index: fromLittleEndian(columns.shift()!, Uint32Array),
      values,
    })),
    ...(facts.provenance === null ? {} : { provenance: facts.provenance.map((one) => one ?? undefined) }),
    rejects: facts.rejects.map(rejectOf),
    notes,
    noteCounts,
    transforms: new Map(facts.transforms),
    ledgers: ledgersOf(facts.ledgers),
  };
}

type ArrayBufferSlice = Uint8Array<ArrayBuffer>;

function readSections(bytes: Uint8Array): ArrayBufferSlice[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16 || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) {
    throw new RangeError("These bytes are no stored batch of this version");
  }
  const sectionCount = view.getFloat64(8, true);
  if (!(sectionCount <= (bytes.length - 16) / 8)) {
    throw new RangeError("These bytes are not all of a stored batch");
  }
  let at = 16 + sectionCount * 8;
  return Array.from({ length: sectionCount }, (_, index) => {
    const start = at;
    const length = view.getFloat64(16 + index * 8, true);
    at += length + paddingOf(length);
    if (at > bytes.length) {
      throw new RangeError("These bytes are not all of a stored batch");
    }
    return bytes.slice(start, start + length) as ArrayBufferSlice;
  });
}

function paddingOf(length: number): number {
  return (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
}

function factsOf(batch: PairBatch): Facts {
  const { count, ruleNames, groups, provenance, rejects, notes, noteCounts, transforms, ledgers } = batch;
  return {
    count,
    ruleNames,
    groups: groups.map(({ name, values }) => ({ name, values })),
    provenance: provenance?.map((one) => one ?? null) ?? null,
    rejects: rejects.map(storedReject),
    notes,
    noteCounts,
    transforms: [...transforms],
    ledgers,
  };
}

function storedReject({ at, issues, record }: RejectEntry): StoredReject {
  if (record === undefined) {
    return { at, issues };
  }
  const { value, bytes } = record;
  return { at, issues, record: { json: carriedJsonText(value), carried: isCarriedJson(value), bytes } };
}

function rejectOf({ at, issues, record }: StoredReject): RejectEntry {
  if (record === undefined) {
    return { at, issues };
  }
  const { json, carried, bytes } = record;
  return {
    at,
    issues,
    record: { value: carried ? carryJson(json) : (JSON.parse(json) as JsonValue), bytes },
  };
}

/** Counts are kept as entries: an object cannot hold every name as data. */
function mapsAsEntries(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

function ledgersOf(stored: StoredLedgers): Ledgers {
  const ledgers = Object.entries(stored).map(([name, ledger]) => [
    name,
    Object.fromEntries(
      Object.entries(ledger).map(([field, value]) => [field, Array.isArray(value) ? new Map(value) : value]),
    ),
  ]);
  return Object.fromEntries(ledgers) as Ledgers;
}
