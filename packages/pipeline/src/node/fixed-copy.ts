import { type Counts, count } from "@dpo-kit/batch";
import type { DecodedText, InputSource, JsonLine, JsonRecord } from "@dpo-kit/io";
import { DataError, type FixName, fixExample, fixes, type Issue, type TargetId } from "@dpo-kit/schema";
import { carriedLineText, carryLine } from "../carried-line.ts";
import type { RunEnvironment } from "../conversion-request.ts";
import { exampleIssues, lineIssues } from "../line-issues.ts";
import { outputLayout } from "../output-layout.ts";
import type { ValidationRequest } from "../validation-request.ts";
import { createStdoutOutput, type LineOutput, type RunOutputs } from "./run-outputs.ts";

/** The repairs of a whole file, by name; those inside a line are `fixes` of `@dpo-kit/schema`. */
export const fileFixes: Readonly<{
  "byte-order-mark-removed": string;
  "carriage-return-removed": string;
  "blank-line-removed": string;
  "array-to-lines": string;
}> = {
  "byte-order-mark-removed": "the byte order mark at the start of the file was removed",
  "carriage-return-removed": "a line that ended with CR LF ends with LF",
  "blank-line-removed": "a line with nothing but white space was removed",
  "array-to-lines": "the elements of a JSON array became lines",
};

/** The name of a repair. */
export type AnyFixName = FixName | keyof typeof fileFixes;

/** What a repair does, in a few words. */
export function describeFix(name: string): string {
  const all: Readonly<Record<string, string>> = { ...fixes, ...fileFixes };
  return all[name] ?? name;
}

/** The mended copy of a file, and the record of what was changed in it. */
export interface FixedCopy {
  /** By name, how often. */
  readonly fixes: Counts;
  /** Bytes written so far. */
  readonly bytes: number;
  begin(text: DecodedText): Promise<void>;
  /** Notes what a line's ending was, where the copy has another; blank lines are left out. */
  noteEnding(line: JsonLine): Promise<void>;
  /** Mends a line, writes it, and gives what is still wrong with it. */
  mend(record: JsonRecord, options: MendOptions): Promise<{ value: unknown; issues: readonly Issue[] }>;
}

interface MendOptions {
  readonly source: string;
  readonly targets: readonly TargetId[];
}

/** What a fixed copy is made of. */
export interface FixedCopyOptions {
  readonly request: ValidationRequest;
  readonly sources: readonly InputSource[];
  readonly outputs: RunOutputs;
  readonly environment: RunEnvironment;
}

/**
 * Opens the copy that `--fix` asks for; undefined where it does not ask.
 * @throws RUN_OPTION_INVALID without an output, or with several inputs
 */
export async function createFixedCopy(options: FixedCopyOptions): Promise<FixedCopy | undefined> {
  const { request, sources, outputs, environment } = options;
  if (request.fix !== true) {
    return undefined;
  }
  const { output } = request;
  if (output === undefined || sources.length !== 1) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: output === undefined ? "--fix needs a file to write to" : "--fix mends one file at a time",
      hint: "dpo validate FILE --fix -o fixed.jsonl",
    });
  }
  if (output === "-") {
    return new Copy(createStdoutOutput("fixed", environment), undefined, request);
  }
  const { compression, kind } = outputLayout({ output, isFolder: false });
  if (kind !== "file") {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "--fix writes one file, whose name ends in .jsonl, .jsonl.gz or .jsonl.zst",
      hint: "dpo validate FILE --fix -o fixed.jsonl",
    });
  }
  const changes = await outputs.open("changes", changesPath(output));
  return new Copy(await outputs.open("fixed", output, { compression }), changes, request);
}

/** Where the changes of a mended copy are recorded: `fixed.jsonl` has `fixed.changes.jsonl`. */
export function changesPath(output: string): string {
  return `${output.replace(/\.jsonl(?:\.gz|\.zst)?$/u, "")}.changes.jsonl`;
}

interface Change {
  readonly fix: AnyFixName;
  readonly line?: number;
  readonly path?: string;
  readonly from?: string;
  readonly to?: string;
}

class Copy implements FixedCopy {
  readonly fixes: Counts = new Map();
  readonly #lines: LineOutput;
  readonly #changes: LineOutput | undefined;
  readonly #request: ValidationRequest;
  /** Whether the line in work ended with a line feed; elements of an array get one. */
  #lineFeed = true;

  constructor(lines: LineOutput, changes: LineOutput | undefined, request: ValidationRequest) {
    this.#lines = lines;
    this.#changes = changes;
    this.#request = request;
  }

  get bytes(): number {
    return this.#lines.bytes;
  }

  async begin({ byteOrderMark, kind }: DecodedText): Promise<void> {
    if (byteOrderMark) {
      await this.#note({ fix: "byte-order-mark-removed" });
    }
    if (kind === "json-array") {
      await this.#note({ fix: "array-to-lines" });
    }
  }

  async noteEnding(line: JsonLine): Promise<void> {
    this.#lineFeed = line.lineFeed;
    if (line.blank) {
      await this.#note({ fix: "blank-line-removed", line: line.line });
    } else if (line.carriageReturn) {
      await this.#note({ fix: "carriage-return-removed", line: line.line });
    }
  }

  async mend(
    record: JsonRecord,
    options: MendOptions,
  ): Promise<{ value: unknown; issues: readonly Issue[] }> {
    const { text, line } = record;
    if (record.issues.length > 0 || text === undefined) {
      return this.#keepBroken(record, options);
    }
    const drop = { dropUnknown: this.#request.fixDropUnknown === true };
    const unchanged = fixExample(record.value, drop).changes.length === 0;
    if (unchanged) {
      await this.#write(text.includes("\n") ? carriedLineText(carryLine(text)) : text);
      return { value: record.value, issues: lineIssues(record, options.source, options.targets) };
    }
    const original = carryLine(text);
    const { value, changes } = fixExample(original, drop);
    for (const change of changes) {
      await this.#note({ ...change, line });
    }
    await this.#write(carriedLineText(value, original));
    return { value, issues: exampleIssues(value, record, options) };
  }

  /** What cannot be parsed is copied as it is: it is the user's to mend, and nothing is to disappear. */
  async #keepBroken(
    record: JsonRecord,
    { source }: MendOptions,
  ): Promise<{ value: unknown; issues: readonly Issue[] }> {
    const [issue] = record.issues;
    if (record.text === undefined || record.text.includes("\n")) {
      throw new DataError(issue!.code, {
        message: `Line ${record.line} cannot be copied: ${issue!.message}`,
        location: { ...issue!.location, source },
        hint: "Mend or remove it by hand first; then --fix does the rest.",
      });
    }
    await this.#write(record.text);
    return { value: undefined, issues: record.issues };
  }

  /** The last line stays without its end where it has none. */
  async #write(line: string): Promise<void> {
    await this.#lines.write(new TextEncoder().encode(this.#lineFeed ? `${line}\n` : line), 1);
  }

  async #note(change: Change): Promise<void> {
    count(this.fixes, change.fix);
    await this.#changes?.writeLine(JSON.stringify(change));
  }
}
