import { type Counts, count } from "@dpo-kit/batch";
import type { DecodedText, InputSource, JsonLine, JsonRecord } from "@dpo-kit/io";
import { DataError, type FixName, fixExample, fixes, type Issue, type TargetId } from "@dpo-kit/schema";
import { carriedLineText, carryLine } from "../carried-line.ts";
import type { RunEnvironment } from "../conversion-request.ts";
import { exampleIssues, lineIssues } from "../line-issues.ts";
import type { ValidationRequest } from "../validation-request.ts";
import { createStdoutOutput, type LineOutput, type RunOutputs } from "./run-outputs.ts";

/** The repairs of a whole file, by name; those inside a line are `fixes` of `@dpo-kit/schema`. */
export const fileFixes: Readonly<{
  "byte-order-mark-removed": string;
  "encoding-to-utf-8": string;
  "carriage-return-removed": string;
  "blank-line-removed": string;
  "array-to-lines": string;
  "line-end-added": string;
}> = {
  "byte-order-mark-removed": "the byte order mark at the start of the file was removed",
  "encoding-to-utf-8": "the file was written again in UTF-8",
  "carriage-return-removed": "a line that ended with CR LF ends with LF",
  "blank-line-removed": "a line with nothing but white space was removed",
  "array-to-lines": "the elements of a JSON array became lines",
  "line-end-added": "the last line was ended",
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
  const changes = await outputs.open("changes", changesPath(output));
  return new Copy(await outputs.open("fixed", output), changes, request);
}

/** Where the changes of a mended copy are recorded: `fixed.jsonl` has `fixed.changes.jsonl`. */
export function changesPath(output: string): string {
  return `${output.replace(/\.jsonl$/u, "")}.changes.jsonl`;
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

  constructor(lines: LineOutput, changes: LineOutput | undefined, request: ValidationRequest) {
    this.#lines = lines;
    this.#changes = changes;
    this.#request = request;
  }

  get bytes(): number {
    return this.#lines.bytes;
  }

  async begin({ byteOrderMark, encoding, kind }: DecodedText): Promise<void> {
    if (byteOrderMark) {
      await this.#note({ fix: "byte-order-mark-removed" });
    }
    if (encoding !== "utf-8") {
      await this.#note({ fix: "encoding-to-utf-8", from: encoding, to: "utf-8" });
    }
    if (kind === "json-array") {
      await this.#note({ fix: "array-to-lines" });
    }
  }

  async noteEnding(line: JsonLine): Promise<void> {
    if (line.blank) {
      await this.#note({ fix: "blank-line-removed", line: line.line });
    } else if (line.carriageReturn) {
      await this.#note({ fix: "carriage-return-removed", line: line.line });
    } else if (!line.lineFeed) {
      await this.#note({ fix: "line-end-added", line: line.line });
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
      await this.#lines.writeLine(text.includes("\n") ? carriedLineText(carryLine(text)) : text);
      return { value: record.value, issues: lineIssues(record, options.source, options.targets) };
    }
    const original = carryLine(text);
    const { value, changes } = fixExample(original, drop);
    for (const change of changes) {
      await this.#note({ ...change, line });
    }
    await this.#lines.writeLine(carriedLineText(value, original));
    return { value, issues: exampleIssues(value, record, options) };
  }

  /** What cannot be parsed is copied as it is: it is the user's to mend, and nothing is to disappear. */
  async #keepBroken(
    record: JsonRecord,
    { source }: MendOptions,
  ): Promise<{ value: unknown; issues: readonly Issue[] }> {
    if (record.text === undefined) {
      throw new DataError("IO_INVALID_ENCODING", {
        message: `Line ${record.line} cannot be copied: ${record.issues[0]?.message ?? "it is not text"}`,
        location: { source, line: record.line },
      });
    }
    await this.#lines.writeLine(record.text);
    return { value: undefined, issues: record.issues };
  }

  async #note(change: Change): Promise<void> {
    count(this.fixes, change.fix);
    await this.#changes?.writeLine(JSON.stringify(change));
  }
}
