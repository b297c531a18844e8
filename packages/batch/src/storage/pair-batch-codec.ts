import { carryJson, isCarriedJson, type JsonValue } from "@dpo-kit/schema";
import { type ColumnName, makeColumns, numericColumns } from "../encoder/line-columns.ts";
import type { Ledgers } from "../ledger.ts";
import type { OriginalRecord } from "../outcome.ts";
import type { GroupColumn, PairBatch, RejectEntry } from "../pair-batch.ts";
import { deepJson } from "./deep-json.ts";

/**
 * The stored form of a batch, for the spool on disk. All numbers are little-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 4 | `DPOB` |
 * | 4 | version, 1 |
 * | 8 × n | the length of each of the n sections, as a 64-bit float |
 * | | the sections, each followed by zeros up to a multiple of 8 |
 *
 * The sections: a JSON text of all that is no column; the lines; the numeric columns in the order of
 * {@link numericColumns}; of each group column the hashes and the indexes.
 */
const MAGIC = 0x424f5044;
const VERSION = 1;
const ALIGNMENT = 8;
const FIXED_SECTIONS = 2 + numericColumns.length;

/** What of a batch is no column of numbers. */
interface Facts {
  count: number;
  ruleNames: readonly string[];
  groups: readonly Pick<GroupColumn, "name" | "values">[];
  provenance: PairBatch["provenance"] | null;
  rejects: readonly StoredReject[];
  notes: PairBatch["notes"];
  noteCounts: PairBatch["noteCounts"];
  transforms: [string, number][];
  ledgers: Ledgers;
}

/** A record is stored as JSON text: its nesting, its numbers as they were written, and whether they count. */
interface StoredReject extends Omit<RejectEntry, "record"> {
  record?: { json: string; carried: boolean; bytes: number };
}

/** The stored form of a batch, in parts that are to be written one after another. */
export function encodePairBatch(batch: PairBatch): Uint8Array[] {
  const facts = new TextEncoder().encode(JSON.stringify(factsOf(batch), mapsAsEntries));
  const sections: Uint8Array[] = [
    facts,
    batch.bytes,
    ...numericColumns.map(({ name }) => littleEndianBytes(batch[name])),
    ...batch.groups.flatMap(({ hash, index }) => [littleEndianBytes(hash), littleEndianBytes(index)]),
  ];
  const header = new DataView(new ArrayBuffer(8 + sections.length * 8));
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, VERSION, true);
  sections.forEach((section, index) => {
    header.setFloat64(8 + index * 8, section.byteLength, true);
  });
  return [
    new Uint8Array(header.buffer),
    ...sections.flatMap((section) => [section, new Uint8Array(paddingOf(section.byteLength))]),
  ].filter((part) => part.byteLength > 0);
}

/**
 * The batch of a stored form. Its buffers are its own.
 *
 * @throws {RangeError} when the bytes are no stored batch of this version, or not all of it.
 */
export function decodePairBatch(bytes: Uint8Array): PairBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) {
    throw new RangeError("These bytes are no stored batch of this version");
  }
  const factsStart = sectionStart(view, FIXED_SECTIONS);
  const groupCount = groupCountOf(bytes, view, factsStart);
  const sections = readSections(bytes, view, FIXED_SECTIONS + 2 * groupCount);
  return assemble(sections);
}
