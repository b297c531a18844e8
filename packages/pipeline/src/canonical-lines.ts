import {
  createPairBatchEncoder,
  type PairBatch,
  type PairBatchEncoder,
  type PairBatchEncoderOptions,
} from "@dpo-kit/batch";
import { type JsonLine, readJsonLines } from "@dpo-kit/io";
import {
  acceptedBy,
  type DpoExample,
  type Issue,
  type JsonValue,
  type Location,
  type TargetId,
} from "@dpo-kit/schema";
import { carryLine } from "./carried-line.ts";
import { lineIssues } from "./line-issues.ts";
import { verbatimBatch } from "./verbatim-batch.ts";

/** How canonical lines are read. */
export interface CanonicalLinesOptions {
  /** The name of the source, for locations. */
  readonly source: string;
  /** Its `targets` are those whose line rules a line must keep, besides OpenAI's. */
  readonly encoder: PairBatchEncoderOptions;
  /** Bytes. Default 64 MiB. */
  readonly maxLineBytes?: number;
  /** How many lines are read, blank ones not counted. Default: all. */
  readonly limit?: number;
}

/**
 * Reads canonical JSON Lines, UTF-8 without a byte order mark. Good lines are carried byte for byte, each with a
 * line feed behind it; the others become rejects, with every issue that `dpo validate` would find in them.
 */
export async function* encodeCanonicalLines(
  chunks: AsyncIterable<Uint8Array>,
  options: CanonicalLinesOptions,
): AsyncGenerator<PairBatch> {
  const { source, maxLineBytes, limit = Number.POSITIVE_INFINITY } = options;
  const verbatim = await VerbatimEncoder.create(options);
  const lines = readJsonLines(chunks, {
    source,
    ...(maxLineBytes === undefined ? {} : { maxBytes: maxLineBytes }),
  });
  for await (const line of lines) {
    if (line.ordinal >= limit) {
      break;
    }
    verbatim.add(line);
    if (verbatim.full) {
      yield verbatim.flush();
    }
  }
  yield verbatim.flush();
}

/** Takes lines into batches, each as it stands. */
class VerbatimEncoder {
  readonly #source: string;
  readonly #targets: readonly TargetId[];
  readonly #encoder: PairBatchEncoder;
  /** The lines of the batch in work. */
  #kept: string[] = [];
  /** What was found in the line in work: lines are judged here, where their columns are known. */
  #found: { issues: readonly Issue[] };

  static async create({ source, encoder: options }: CanonicalLinesOptions): Promise<VerbatimEncoder> {
    const found = { issues: [] as readonly Issue[] };
    const checks = { validate: () => found.issues, acceptedBy };
    const encoder = await createPairBatchEncoder({ ...options, checks });
    return new VerbatimEncoder(encoder, found, { source, targets: options.targets ?? [] });
  }

  private constructor(
    encoder: PairBatchEncoder,
    found: { issues: readonly Issue[] },
    { source, targets }: { source: string; targets: readonly TargetId[] },
  ) {
    this.#encoder = encoder;
    this.#found = found;
    this.#source = source;
    this.#targets = [...new Set<TargetId>(["openai", ...targets])];
  }

  get full(): boolean {
    return this.#encoder.full;
  }

  add(line: JsonLine): void {
    if (line.blank) {
      this.#encoder.addUnits({ read: 1, blank: 1 });
      return;
    }
    const issues = lineIssues(line, this.#source, this.#targets);
    if (issues.some(({ severity }) => severity === "error")) {
      this.#reject(line, issues);
    } else {
      this.#found.issues = issues;
      this.#keep(line);
    }
  }

  #keep(line: JsonLine): void {
    this.#encoder.addUnits({ read: 1, intoRecords: 1 });
    this.#encoder.add({
      kind: "pairs",
      at: this.#locationOf(line),
      pairs: [{ example: exampleOf(line), rule: "given", transforms: [] }],
      dropped: [],
    });
    this.#kept.push(line.text!);
  }

  #reject(line: JsonLine, issues: readonly Issue[]): void {
    const malformed = line.issues.length > 0;
    const { text = null, value = text, byteLength } = line;
    this.#encoder.addUnits({ read: 1, [malformed ? "malformed" : "intoRecords"]: 1 });
    this.#encoder.add({
      kind: "rejected",
      at: this.#locationOf(line),
      issues,
      malformed,
      record: { value: value as JsonValue, bytes: byteLength },
    });
  }

  #locationOf({ ordinal, line, column, byteOffset }: JsonLine): Location {
    return { source: this.#source, ordinal, line, column, byteOffset };
  }

  flush(): PairBatch {
    const batch = verbatimBatch(this.#encoder.flush(), this.#kept);
    this.#kept = [];
    return batch;
  }
}

/** Where there are tools, numbers must keep their tokens: lines that differ in nothing else are not the same. */
function exampleOf({ text, value }: JsonLine): DpoExample {
  const example = value as DpoExample;
  return (example.input.tools?.length ?? 0) > 0 ? (carryLine(text!) as DpoExample) : example;
}
