import { type Counts, type Ledgers, type PairBatch, selectLines, verdicts } from "@dpo-kit/batch";
import type { InputSource } from "@dpo-kit/io";
import type { ConversionPlan, SourcePlan } from "../conversion-plan.ts";
import type { ConversionRequest, RunEnvironment } from "../conversion-request.ts";
import type { Acceptance, DuplicateCounts, OutputRecord } from "../conversion-result.ts";
import type { DecidedBatch } from "../decided-batch.ts";
import { formatFlags } from "../options/format-flags.ts";
import { optionsOf } from "../options/option-declarations.ts";
import type { OutputLayout } from "../output-layout.ts";
import { filesOfManifest } from "./check-paths.ts";
import { createInputWatches, type InputWatch, type InputWatches } from "./input-watch.ts";
import { createIssueOutputs, type IssueOutputs } from "./issue-outputs.ts";
import { fileName, formatManifest } from "./manifest.ts";
import { isPersonal } from "./personal-fields.ts";
import { formatProvenanceLine } from "./provenance-line.ts";
import { formatRejectLine } from "./reject-line.ts";
import { createRunOutputs, createStdoutOutput, type LineOutput, type RunOutputs } from "./run-outputs.ts";

/** What the manifest says beyond what the outputs know. */
export interface ConversionManifestParts {
  readonly plan: ConversionPlan;
  readonly ledgers: Ledgers;
  readonly transforms: Counts;
  readonly accepted: readonly Acceptance[];
  readonly duplicates: DuplicateCounts;
  readonly written: readonly OutputRecord[];
}

/** Everything that a conversion writes. */
export interface ConversionOutputs {
  /** The name of the canonical lines' file, without folders; `-` for standard output. */
  readonly name: string;
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
  /** Writes the lines that are kept; `sources` are the names of the sources by their number. */
  writeLines(decided: DecidedBatch, sources: readonly string[]): Promise<void>;
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
  request: ConversionRequest,
  environment: RunEnvironment,
): Promise<ConversionOutputs> {
  const files = await createRunOutputs({
    force: request.force === true,
    digest: request.digest !== false,
    paths: outputPaths(layout, request),
  });
  try {
    const lines =
      layout.train === undefined
        ? createStdoutOutput("train", environment)
        : await files.open("train", layout.train, layout.compression);
    return new Outputs({ layout, request, files, lines, issues: await createIssueOutputs(request, files) });
  } catch (error) {
    await files.abort();
    throw error;
  }
}

/** Every path that a conversion may write to. */
export function outputPaths(layout: OutputLayout, request: ConversionRequest): string[] {
  const { train, rejects, manifest, provenance } = layout;
  const { issues, sarif, unpaired } = request;
  return [train, rejects, manifest, provenance, issues, sarif, unpaired].filter((path) => path !== undefined);
}

interface OutputParts {
  readonly layout: OutputLayout;
  readonly request: ConversionRequest;
  readonly files: RunOutputs;
  readonly lines: LineOutput;
  readonly issues: IssueOutputs;
}

class Outputs implements ConversionOutputs {
  readonly name: string;
  readonly #parts: OutputParts;
  readonly #watches: InputWatches;
  /** The sources that have a column of personal data. */
  readonly #personal = new Set<string>();
  #rejects: LineOutput | undefined;
  #provenance: LineOutput | undefined;
  #unpaired: LineOutput | undefined;
  #waiting: string[] = [];

  constructor(parts: OutputParts) {
    const { train } = parts.layout;
    this.name = train === undefined ? "-" : fileName(train);
    this.#parts = parts;
    this.#watches = createInputWatches({ digest: parts.request.digest !== false });
  }

  begin(sources: readonly SourcePlan[]): void {
    for (const { source, columns } of sources) {
      if (columns.some(isPersonal)) {
        this.#personal.add(source);
      }
    }
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

  async writeLines(decided: DecidedBatch, sources: readonly string[]): Promise<void> {
    const { batch, verdict } = decided;
    const kept = verdict.reduce((sum, each) => sum + (each === verdicts.keep ? 1 : 0), 0);
    let uncounted = kept;
    for (const bytes of selectLines(batch, decided)) {
      await this.#parts.lines.write(bytes, uncounted);
      uncounted = 0;
    }
    const { provenance } = this.#parts.layout;
    if (provenance === undefined) {
      return;
    }
    this.#provenance ??= await this.#parts.files.open("provenance", provenance);
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (verdict[pair] === verdicts.keep) {
        const source = sources[batch.sourceId[pair]!]!;
        await this.#provenance.writeLine(formatProvenanceLine(batch, pair, source));
      }
    }
  }

  async writeRejects({ rejects, notes }: PairBatch): Promise<void> {
    const { files, issues, layout, request } = this.#parts;
    for (const entry of rejects) {
      if (layout.rejects !== undefined && request.onInvalid !== "skip") {
        this.#rejects ??= await files.open("rejects", layout.rejects);
        await this.#rejects.writeLine(
          formatRejectLine(entry, { hideRaw: this.#personal.has(entry.at.source) }),
        );
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
    const { files, request } = this.#parts;
    for (const line of this.#waiting.splice(0)) {
      this.#unpaired ??= await files.open("unpaired", request.unpaired!);
      await this.#unpaired.writeLine(line);
    }
  }

  async finish({ keepLines }: { keepLines: boolean }): Promise<OutputRecord[]> {
    const { files, issues, layout, lines } = this.#parts;
    await issues.end();
    if (layout.train === undefined) {
      return [await lines.finish(), ...(await files.finish())];
    }
    if (!keepLines) {
      await files.discard(lines);
    }
    return files.finish();
  }

  async commit(parts: ConversionManifestParts): Promise<OutputRecord[]> {
    const { files, layout, request } = this.#parts;
    const written = new Set(parts.written.map(({ path }) => path));
    const outdated = (await filesOfManifest(layout.manifest)).filter((path) => !written.has(path));
    if (layout.manifest === undefined) {
      await files.commit({ outdated });
      return [];
    }
    const text = formatManifest({
      ...parts,
      options: {
        flags: formatFlags(
          request,
          optionsOf("convert").filter(({ name }) => !silent.has(name)),
        ),
      },
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

/** Options that change nothing of what is written, or hold paths. */
const silent: ReadonlySet<string> = new Set([
  "output",
  "force",
  "json",
  "quiet",
  "progress",
  "color",
  "rejects",
  "manifest",
  "issues",
  "sarif",
  "unpaired",
]);
