import { resolve } from "node:path";
import { type Counts, type Ledgers, type PairBatch, verdicts } from "@dpo-kit/batch";
import type { InputSource } from "@dpo-kit/io";
import type { Issue } from "@dpo-kit/schema";
import type { ChatSummary } from "../chat-summary.ts";
import type { ConversionPlan, SourcePlan } from "../conversion-plan.ts";
import type { RunEnvironment } from "../conversion-request.ts";
import type {
  Acceptance,
  ConflictCounts,
  ConversionResult,
  DuplicateCounts,
  OutputRecord,
  SplitProof,
} from "../conversion-result.ts";
import type { DecidedBatch } from "../decided-batch.ts";
import type { ExportReport } from "../export/export-result.ts";
import { isSplitName } from "../options/parse-splits.ts";
import type { OutputLayout } from "../output-layout.ts";
import type { PairsRequest } from "../pairs-request.ts";
import { filesOfManifest } from "./check-paths.ts";
import { createConversionExports } from "./export/conversion-exports.ts";
import type { ExportOutputs } from "./export/export-outputs.ts";
import { createInputWatches, type InputWatch, type InputWatches } from "./input-watch.ts";
import { createIssueOutputs, type IssueOutputs } from "./issue-outputs.ts";
import { type LineFiles, openLineFiles } from "./line-files.ts";
import { formatManifest } from "./manifest.ts";
import { manifestOptions } from "./manifest-options.ts";
import { claimedPaths } from "./output-paths.ts";
import type { RecipeRun } from "./pairs-run.ts";
import { isPersonal } from "./personal-fields.ts";
import { formatProvenanceLine } from "./provenance-line.ts";
import { formatRejectLine } from "./reject-line.ts";
import { formatRemovedLine, type RemovedLineContext } from "./removed-line.ts";
import { createRunOutputs, type LineOutput, type RunOutputs } from "./run-outputs.ts";
import { otherForms } from "./shards-there.ts";

/** What the manifest says beyond what the outputs know. */
export interface ConversionManifestParts {
  readonly command: ConversionResult["command"];
  readonly plan: ConversionPlan;
  readonly ledgers: Ledgers;
  readonly transforms: Counts;
  readonly accepted: readonly Acceptance[];
  readonly duplicates: DuplicateCounts;
  readonly conflicts: ConflictCounts | undefined;
  readonly proof: SplitProof | undefined;
  readonly chat: ChatSummary | undefined;
  /** Whether pairs stay in their files when others are added. */
  readonly stability: string | undefined;
  readonly written: readonly OutputRecord[];
  readonly exports: readonly ExportReport[] | undefined;
  readonly recipe: RecipeRun | undefined;
}

/** Everything that a conversion writes. */
export interface ConversionOutputs {
  /** The files of canonical lines. */
  readonly lines: LineFiles;
  /** What was exported until now; undefined where nothing is. */
  readonly exports: readonly ExportReport[] | undefined;
  /** Whether every note is to be kept, not only the first of each code. */
  readonly wantsAllNotes: boolean;
  /** Is told of the sources before anything of them is written. */
  begin(sources: readonly SourcePlan[]): void;
  /** What is to be shown the chunks of an input as they are read. */
  watchInput(input: InputSource): InputWatch;
  /** Takes a KTO line, without its end; undefined where nobody asked for them. */
  readonly onUnpaired: ((line: string) => void) | undefined;
  /** How many bytes of all inputs have been read. */
  bytesRead(): number;
  /** Writes the lines that are kept, where they come from, and what was taken out. */
  writeDecided(decided: DecidedBatch, context: RemovedLineContext): Promise<void>;
  /** Writes an issue that belongs to no batch to the files that issues go to. */
  writeIssue(issue: Issue): Promise<void>;
  /** Writes a contradiction to the file that was asked for. */
  writeConflict(line: string): Promise<void>;
  /** Writes what a batch rejects, and its issues. */
  writeRejects(batch: PairBatch): Promise<void>;
  /** Ends the files and says what was written. */
  finish(options: { keepLines: boolean }): Promise<OutputRecord[]>;
  /** Writes the manifest and puts all in place. Gives the manifest's record, where there is one. */
  commit(parts: ConversionManifestParts): Promise<OutputRecord[]>;
  abort(): Promise<void>;
}

/**
 * Opens the outputs of a conversion.
 * @throws IO_OUTPUT_EXISTS IO_WRITE_FAILED RUN_OPTION_INVALID
 */
export async function createConversionOutputs(
  layout: OutputLayout,
  request: PairsRequest,
  environment: RunEnvironment,
): Promise<ConversionOutputs> {
  const files = await createRunOutputs({
    force: request.force === true,
    digest: request.digest !== false,
    paths: await claimedPaths(layout, request),
  });
  try {
    const lines = await openLineFiles(layout, files, environment);
    const exports = await createConversionExports(layout, request, files);
    const issues = await createIssueOutputs(request, files);
    return new Outputs({ layout, request, files, lines, exports, issues });
  } catch (error) {
    await files.abort();
    throw error;
  }
}

interface OutputParts {
  readonly layout: OutputLayout;
  readonly request: PairsRequest;
  readonly files: RunOutputs;
  readonly lines: LineFiles;
  readonly exports: ExportOutputs | undefined;
  readonly issues: IssueOutputs;
}

class Outputs implements ConversionOutputs {
  readonly lines: LineFiles;
  readonly #parts: OutputParts;
  readonly #watches: InputWatches;
  /** The sources that have a column of personal data. */
  readonly #personal = new Set<string>();
  /** The files that are opened when there is something to write to them. */
  readonly #opened = new Map<string, LineOutput>();
  #waiting: string[] = [];

  constructor(parts: OutputParts) {
    this.lines = parts.lines;
    this.#parts = parts;
    const { exports } = parts;
    if (exports !== undefined) {
      this.lines.showTo((bytes, file) => exports.take(bytes, file));
    }
    this.#watches = createInputWatches({ digest: parts.request.digest !== false });
  }

  begin(sources: readonly SourcePlan[]): void {
    for (const { source, columns } of sources) {
      if (columns.some(isPersonal)) {
        this.#personal.add(source);
      }
    }
  }

  get exports(): readonly ExportReport[] | undefined {
    return this.#parts.exports?.reports();
  }

  get wantsAllNotes(): boolean {
    return this.#parts.issues.wantsAll;
  }

  watchInput(input: InputSource): InputWatch {
    return this.#watches.open(input);
  }

  get onUnpaired(): ((line: string) => void) | undefined {
    return this.#parts.request.unpaired === undefined ? undefined : (line) => void this.#waiting.push(line);
  }

  bytesRead(): number {
    return this.#watches.bytesRead();
  }

  async writeDecided(decided: DecidedBatch, context: RemovedLineContext): Promise<void> {
    await this.lines.write(decided);
    await this.#writeProvenance(decided, context);
    const { removed } = this.#parts.layout;
    if (removed === undefined) {
      return;
    }
    for (const pair of decided.removals.keys()) {
      // A sample leaves out what nothing is wrong with, and perhaps nearly all of the input.
      if (decided.verdict[pair] !== verdicts.sampledOut) {
        await this.#writeLine("removed", removed, formatRemovedLine(decided, pair, context));
      }
    }
  }

  async #writeProvenance(
    { batch, verdict, output }: DecidedBatch,
    { sources }: RemovedLineContext,
  ): Promise<void> {
    const { provenance, lines } = this.#parts.layout;
    if (provenance === undefined) {
      return;
    }
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (verdict[pair] === verdicts.keep) {
        const split = lines.length > 1 ? lines[output[pair]!]!.split : undefined;
        const origin = { source: sources[batch.sourceId[pair]!]!, split };
        await this.#writeLine("provenance", provenance, formatProvenanceLine(batch, pair, origin));
      }
    }
  }

  writeIssue(issue: Issue): Promise<void> {
    return this.#parts.issues.write(issue);
  }

  async writeConflict(line: string): Promise<void> {
    await this.#writeLine("conflicts", this.#parts.request.listConflicts!, line);
  }

  async #writeLine(kind: string, path: string, line: string): Promise<void> {
    let output = this.#opened.get(kind);
    if (output === undefined) {
      output = await this.#parts.files.open(kind, path);
      this.#opened.set(kind, output);
    }
    await output.writeLine(line);
  }

  async writeRejects({ rejects, notes }: PairBatch): Promise<void> {
    const { issues, layout, request } = this.#parts;
    for (const entry of rejects) {
      if (layout.rejects !== undefined && request.onInvalid !== "skip") {
        const hideRaw = this.#personal.has(entry.at.source);
        await this.#writeLine("rejects", layout.rejects, formatRejectLine(entry, { hideRaw }));
      }
      for (const issue of entry.issues) {
        await issues.write(issue);
      }
    }
    for (const note of notes) {
      await issues.write(note);
    }
    await this.#writeUnpaired();
  }

  async #writeUnpaired(): Promise<void> {
    for (const line of this.#waiting.splice(0)) {
      await this.#writeLine("unpaired", this.#parts.request.unpaired!, line);
    }
  }

  async finish({ keepLines }: { keepLines: boolean }): Promise<OutputRecord[]> {
    const { exports, files, issues, layout, lines } = this.#parts;
    await lines.end();
    const beside = (await exports?.finish({ keepsEmpty: keepLines })) ?? [];
    await issues.end();
    if (layout.lines.length === 0) {
      return [await lines.outputs[0]!.finish(), ...(await files.finish())];
    }
    for (const output of keepLines ? [] : lines.outputs) {
      await files.discard(output);
    }
    const records = await files.finish();
    const isOfLines = ({ kind }: OutputRecord): boolean => isSplitName(kind);
    return [...records.filter(isOfLines), ...records.filter((one) => !isOfLines(one)), ...beside];
  }

  async commit(parts: ConversionManifestParts): Promise<OutputRecord[]> {
    const { files, layout, request } = this.#parts;
    const written = new Set(parts.written.map(({ path }) => resolve(path)));
    const earlier = [
      ...(await filesOfManifest(layout.manifest)),
      ...(await otherForms(layout, parts.written)),
    ];
    const outdated = earlier.filter((path) => !written.has(resolve(path)));
    if (layout.manifest === undefined) {
      await files.commit({ outdated });
      return [];
    }
    const text = formatManifest({
      ...parts,
      options: manifestOptions(parts, request),
      inputs: await this.#watches.records(),
      outputs: parts.written,
    });
    const record = await files.writeWhole("manifest", layout.manifest, text);
    await files.commit({ last: layout.manifest, outdated });
    return [record];
  }

  async abort(): Promise<void> {
    this.#watches.close();
    await this.#parts.files.abort();
  }
}
