import {
  createPairBatchEncoder,
  type PairBatch,
  type PairBatchEncoder,
  type PairBatchEncoderOptions,
  type TextPair,
} from "@dpo-kit/batch";
import { type JsonLine, parseJsonLine, type RawLine, readRawLines } from "@dpo-kit/io";
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
import { type PlainLine, PlainLineReader } from "./plain-line.ts";
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
  const { maxLineBytes: maxBytes, limit = Number.POSITIVE_INFINITY } = options;
  const verbatim = await VerbatimEncoder.create(options);
  for await (const lines of readRawLines(chunks, maxBytes === undefined ? {} : { maxBytes })) {
    for (const line of lines) {
      if (line.ordinal >= limit) {
        yield verbatim.flush();
        return;
      }
      verbatim.add(line);
      if (verbatim.full) {
        yield verbatim.flush();
      }
    }
  }
  yield verbatim.flush();
}

/** What takes time to load, and what tells the encoder of issues. */
interface LineEngines {
  readonly encoder: PairBatchEncoder;
  readonly plainLines: PlainLineReader | undefined;
  readonly found: { issues: readonly Issue[] };
}

/** Takes lines into batches, each as it stands. */
class VerbatimEncoder {
  readonly #options: CanonicalLinesOptions;
  readonly #targets: readonly TargetId[];
  readonly #encoder: PairBatchEncoder;
  /** Undefined where the batches' lines are lean: then a canonical line may look otherwise. */
  readonly #plainLines: PlainLineReader | undefined;
  readonly #pair: TextPair;
  #line: RawLine | undefined;
  /** Of the batch in work the lines that may be written otherwise than they stand, by their index in it. */
  #given = new Map<number, Uint8Array>();
  #count = 0;
  #units = { read: 0, blank: 0, malformed: 0, intoRecords: 0 };
  /** What was found in the line in work: lines are judged here, where their columns are known. */
  #found: { issues: readonly Issue[] };

  static async create(options: CanonicalLinesOptions): Promise<VerbatimEncoder> {
    const found = { issues: [] as readonly Issue[] };
    const checks = { validate: () => found.issues, acceptedBy };
    const encoder = await createPairBatchEncoder({ ...options.encoder, checks });
    const plainLines = options.encoder.lean === true ? undefined : await PlainLineReader.create();
    return new VerbatimEncoder({ encoder, plainLines, found }, options);
  }

  private constructor({ encoder, plainLines, found }: LineEngines, options: CanonicalLinesOptions) {
    const { source, encoder: encoding } = options;
    this.#encoder = encoder;
    this.#plainLines = plainLines;
    this.#found = found;
    this.#options = options;
    this.#targets = [...new Set<TargetId>(["openai", ...(encoding.targets ?? [])])];
    this.#pair = {
      prompt: "",
      preferred: "",
      nonPreferred: "",
      ordinal: 0,
      line: 0,
      rule: "given",
      transforms: [],
      locate: () => locationOf(this.#line!, source),
    };
  }

  get full(): boolean {
    return this.#encoder.full;
  }

  add(line: RawLine): void {
    this.#units.read += 1;
    if (line.blank) {
      this.#units.blank += 1;
      return;
    }
    const plain = line.bytes === undefined ? undefined : this.#plainLines?.read(line.bytes);
    if (plain === undefined) {
      this.#addParsed(line);
    } else {
      this.#addPlain(line, plain);
    }
  }

  #addPlain(line: RawLine, { system, prompt, preferred, nonPreferred, canonical }: PlainLine): void {
    const pair = this.#pair;
    this.#line = line;
    pair.system = system;
    pair.prompt = prompt;
    pair.preferred = preferred;
    pair.nonPreferred = nonPreferred;
    pair.ordinal = line.ordinal;
    pair.line = line.line;
    this.#found.issues = [];
    this.#encoder.addTextPair(pair);
    this.#keep(canonical ? undefined : line);
  }

  #addParsed(raw: RawLine): void {
    const { source, maxLineBytes: maxBytes } = this.#options;
    const line = parseJsonLine(raw, { source, ...(maxBytes === undefined ? {} : { maxBytes }) });
    const issues = lineIssues(line, source, this.#targets);
    if (issues.some(({ severity }) => severity === "error")) {
      this.#reject(line, issues);
      return;
    }
    this.#found.issues = issues;
    this.#encoder.add({
      kind: "pairs",
      at: locationOf(line, source),
      pairs: [{ example: exampleOf(line), rule: "given", transforms: [] }],
      dropped: [],
    });
    this.#keep(raw);
  }

  /** Counts a line that came into the batch; `given` if it may be written there otherwise than it stands. */
  #keep(given: RawLine | undefined): void {
    if (given !== undefined) {
      this.#given.set(this.#count, given.bytes!.slice());
    }
    this.#count += 1;
    this.#units.intoRecords += 1;
  }

  #reject(line: JsonLine, issues: readonly Issue[]): void {
    const malformed = line.issues.length > 0;
    const { text = null, value = text, byteLength } = line;
    this.#units[malformed ? "malformed" : "intoRecords"] += 1;
    this.#encoder.add({
      kind: "rejected",
      at: locationOf(line, this.#options.source),
      issues,
      malformed,
      record: { value: value as JsonValue, bytes: byteLength },
    });
  }

  flush(): PairBatch {
    this.#encoder.addUnits(this.#units);
    const batch = verbatimBatch(this.#encoder.flush(), this.#given);
    this.#given = new Map();
    this.#count = 0;
    this.#units = { read: 0, blank: 0, malformed: 0, intoRecords: 0 };
    return batch;
  }
}

function locationOf({ ordinal, line, byteOffset }: RawLine | JsonLine, source: string): Location {
  return { source, ordinal, line, column: 1, byteOffset };
}

/** Where there are tools, numbers must keep their tokens: lines that differ in nothing else are not the same. */
function exampleOf({ text, value }: JsonLine): DpoExample {
  const example = value as DpoExample;
  return (example.input.tools?.length ?? 0) > 0 ? (carryLine(text!) as DpoExample) : example;
}
