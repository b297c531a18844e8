import type { PairBatch, PairBatchEncoderOptions } from "@dpo-kit/batch";
import { emptyChatCounts } from "@dpo-kit/chat";
import { createDigester } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import type { RunEnvironment } from "../../conversion-request.ts";
import { whereHolds } from "../../recipe/where/evaluate-where.ts";
import { parseWhere } from "../../recipe/where/parse-where.ts";
import type { FieldValue, Where } from "../../recipe/where/where.ts";
import { selectPairs } from "../../select-pairs.ts";
import type { FoundSource } from "../../source-set.ts";
import { prepareSource } from "../prepare-source.ts";
import { formatChatCounts } from "./chat-counts.ts";
import { contentDigest, isImmutable } from "./content-digest.ts";
import { findUnitSource, type UnitInput } from "./recipe-unit.ts";
import { createSpoolWriter, type SpoolWriter } from "./spool-file.ts";
import { spoolName } from "./unit-key.ts";

/** One unit of work, as it can be told to another thread. */
export interface UnitTask {
  readonly input: UnitInput;
  readonly encoder: PairBatchEncoderOptions;
  readonly keepsUnpaired: boolean;
  readonly key: string;
  /** Where the spool goes. */
  readonly folder: string;
  /** An existing folder for what does not fit into memory. */
  readonly scratch: string;
}

/** How far a unit is. */
export interface UnitProgress {
  readonly bytesRead: number;
  readonly records: number;
  readonly pairs: number;
  readonly rejected: number;
}

/** What is done while a unit is converted. */
export interface UnitHost {
  readonly environment: RunEnvironment;
  onProgress(progress: UnitProgress): void;
}

/**
 * Converts one source into a spool, which is there when it is whole. Gives its name.
 * @throws the refusals of the source; RECIPE_FIELD_UNKNOWN IO_WRITE_FAILED
 */
export async function convertUnit(task: UnitTask, host: UnitHost): Promise<string> {
  const source = await findUnitSource(task.input, host.environment);
  const spool = await createSpoolWriter(task.folder);
  try {
    return await spoolSource({ source, task, host, spool });
  } finally {
    await spool.abandon();
  }
}

interface UnitWork {
  readonly source: FoundSource;
  readonly task: UnitTask;
  readonly host: UnitHost;
  readonly spool: SpoolWriter;
}

async function spoolSource(work: UnitWork): Promise<string> {
  const { source, task, spool, host } = work;
  const { environment } = host;
  const prepared = await prepareSource(source, { request: task.input.request, environment });
  const watch = watchUnit();
  const chatCounts = emptyChatCounts();
  try {
    await spoolBatches(
      prepared.encode({
        encoder: encoderOf(task),
        watch,
        chatCounts,
        folder: task.scratch,
        onUnpaired: task.keepsUnpaired ? (line) => void watch.unpaired.push(line) : undefined,
      }),
      watch,
      work,
    );
    const read = await watch.digestOfAll();
    // Of what was not read from start to end the digest is made of all that is there.
    const content =
      isImmutable(source) || read === undefined ? await contentDigest(source, environment.signal) : read;
    const name = spoolName(task.key, content);
    const digest = read ?? (isImmutable(source) ? undefined : content);
    const size = watch.isComplete() ? watch.bytesRead() : source.size;
    await spool.finish(`${task.folder}/${name}`, {
      plan: prepared.plan,
      chatCounts: formatChatCounts(chatCounts),
      ...(digest === undefined ? {} : { digest }),
      ...(size === undefined ? {} : { size }),
    });
    return name;
  } finally {
    watch.close();
    await prepared.close();
  }
}

async function spoolBatches(
  batches: AsyncIterable<PairBatch>,
  watch: UnitWatch,
  { source, task, host, spool }: UnitWork,
): Promise<void> {
  const filter =
    task.input.where === undefined
      ? undefined
      : createFilter(parseWhere(task.input.where), task.encoder, source.name);
  const seen = { records: 0, pairs: 0, rejected: 0 };
  for await (const batch of batches) {
    host.environment.signal?.throwIfAborted();
    if (watch.unpaired.length > 0) {
      await spool.writeUnpaired(watch.unpaired.splice(0));
    }
    await spool.writeBatch(filter?.keep(batch) ?? batch);
    seen.records += batch.ledgers.records.total;
    seen.pairs += batch.count;
    seen.rejected += batch.rejects.length;
    host.onProgress({ bytesRead: watch.bytesRead(), ...seen });
  }
  filter?.refuseUnknown();
}

/** Conditions ask for the fields of records, and are told of them with the pairs. */
function encoderOf({ encoder, input }: UnitTask): PairBatchEncoderOptions {
  const fields = input.where === undefined ? [] : parseWhere(input.where).fields;
  return {
    ...encoder,
    groupColumns: [...new Set([...(encoder.groupColumns ?? []), ...fields])],
    keepProvenance: encoder.keepProvenance === true || fields.length > 0,
  };
}

interface UnitFilter {
  keep(batch: PairBatch): PairBatch;
  refuseUnknown(): void;
}

/** `source`: as outputs show it. */
function createFilter(
  { condition, fields }: Where,
  encoder: PairBatchEncoderOptions,
  source: string,
): UnitFilter {
  const unknown = new Set(fields);
  let pairs = 0;
  return {
    keep(batch) {
      const kept: number[] = [];
      for (let pair = 0; pair < batch.count; pair += 1) {
        const known = batch.provenance?.[pair] ?? {};
        for (const field of unknown) {
          if (Object.hasOwn(known, field)) {
            unknown.delete(field);
          }
        }
        if (whereHolds(condition, (name) => fieldOf(batch, pair, { name, source }))) {
          kept.push(pair);
        }
      }
      pairs += batch.count;
      return withoutFields(selectPairs(batch, kept, "where"), encoder);
    },
    refuseUnknown() {
      const [field] = unknown;
      if (pairs > 0 && field !== undefined) {
        throw new DataError("RECIPE_FIELD_UNKNOWN", {
          message: `No record has the field ${field}, which the condition asks for, or only with lists or objects`,
        });
      }
    },
  };
}

function fieldOf(
  batch: PairBatch,
  pair: number,
  { name, source }: { name: string; source: string },
): FieldValue {
  switch (name) {
    case "@source":
      return source;
    case "@record":
      return batch.recordOrdinal[pair]!;
    case "@line":
      return batch.physicalLine[pair] === 0 ? null : batch.physicalLine[pair]!;
    case "@rule":
      return batch.ruleNames[batch.rule[pair]!]!;
    case "@margin":
      return Number.isNaN(batch.margin[pair]!) ? null : batch.margin[pair]!;
    default: {
      const known = batch.provenance?.[pair] ?? {};
      return Object.hasOwn(known, name) ? known[name] : undefined;
    }
  }
}

/** What only the condition asked for is not kept. */
function withoutFields(batch: PairBatch, encoder: PairBatchEncoderOptions): PairBatch {
  const { provenance, ...rest } = batch;
  const groups = batch.groups.filter(({ name }) => encoder.groupColumns?.includes(name) === true);
  const isKept = encoder.keepProvenance === true && provenance !== undefined;
  return { ...rest, groups, ...(isKept ? { provenance } : {}) };
}

type UnitWatch = ReturnType<typeof watchUnit>;

/** Counts and digests the bytes of a unit as they are read. */
function watchUnit() {
  const digester = createDigester();
  let bytes = 0;
  let isComplete = false;
  let isDone = false;
  return {
    unpaired: [] as string[],
    chunk(chunk: Uint8Array): Promise<void> {
      bytes += chunk.length;
      return digester.update(chunk);
    },
    end(): void {
      isComplete = true;
    },
    bytesRead: () => bytes,
    isComplete: () => isComplete,
    async digestOfAll(): Promise<string | undefined> {
      if (!isComplete) {
        return undefined;
      }
      isDone = true;
      return digester.digest();
    },
    close(): void {
      if (!isDone) {
        digester.abandon();
      }
    },
  };
}
