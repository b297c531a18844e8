import {
  type DecodedText,
  decodeText,
  type InputSource,
  type JsonRecord,
  readJsonArray,
  readJsonLines,
} from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import {
  createIssue,
  DEFAULT_TARGETS,
  type DpoExample,
  type FileFacts,
  type Issue,
  type TargetId,
  validateFile,
} from "@dpo-kit/schema";
import type { RunEnvironment } from "../conversion-request.ts";
import type { ValidatedFile, ValidationResult } from "../conversion-result.ts";
import { lineIssues } from "../line-issues.ts";
import { nextAfterValidation } from "../next-commands.ts";
import { createRepeatedLines } from "../repeated-lines.ts";
import { createIssueTally, type IssueTally } from "../tally.ts";
import type { ValidationRequest } from "../validation-request.ts";
import { findSources } from "./find-sources.ts";
import { createFixedCopy, type FixedCopy } from "./fixed-copy.ts";
import { createIssueOutputs, type IssueOutputs } from "./issue-outputs.ts";
import { createRunOutputs } from "./run-outputs.ts";

/** What is known while files are validated. */
interface Validation {
  readonly request: ValidationRequest;
  readonly environment: RunEnvironment;
  readonly targets: readonly TargetId[];
  readonly tally: IssueTally;
  readonly issues: IssueOutputs;
  readonly copy: FixedCopy | undefined;
}

/**
 * Checks canonical files as providers do: every line and the file as a whole, all problems at once. It
 * streams: memory does not grow with the files. With `fix` a mended copy is written, and what it still
 * holds is reported.
 *
 * @throws IO_NOT_FOUND IO_EMPTY IO_GIT_LFS_POINTER IO_HTML_PAGE IO_OUTPUT_EXISTS RUN_OPTION_INVALID …
 */
export async function validateFiles(
  request: ValidationRequest,
  environment: RunEnvironment = {},
): Promise<ValidationResult> {
  const sources = await findSources(request, environment);
  const paths = [request.output, request.issues, request.sarif].filter(
    (path) => path !== undefined && path !== "-",
  );
  const outputs = await createRunOutputs({
    force: request.force === true,
    digest: false,
    paths: paths as string[],
  });
  try {
    const validation: Validation = {
      request,
      environment,
      targets: request.target ?? DEFAULT_TARGETS,
      tally: createIssueTally(),
      issues: await createIssueOutputs(request, outputs),
      copy: await createFixedCopy({ request, sources, outputs, environment }),
    };
    const files: ValidatedFile[] = [];
    for (const source of sources) {
      files.push(await validateSource(source, validation));
    }
    await validation.issues.end();
    const written = await outputs.finish();
    await outputs.commit();
    return resultOf(validation, files, written);
  } catch (error) {
    await outputs.abort();
    throw error;
  }
}

function resultOf(
  { request, targets, tally, copy }: Validation,
  files: readonly ValidatedFile[],
  outputs: ValidationResult["outputs"],
): ValidationResult {
  const ok = files.every((file) => file.errors === 0);
  const issues = tally.report();
  return {
    command: "validate",
    ok,
    exitCode: ok ? 0 : 1,
    files,
    targets,
    issues,
    outputs,
    fixes: copy?.fixes ?? new Map(),
    next: nextAfterValidation(request, issues, ok),
  };
}

async function validateSource(source: InputSource, validation: Validation): Promise<ValidatedFile> {
  const { request, environment, targets, copy } = validation;
  const { signal } = environment;
  let bytes = 0;
  const text = await decodeText(source.open(signal === undefined ? {} : { signal }), {
    source: source.name,
    decompressors: nodeDecompressors,
  });
  const counted = countBytes(text.chunks, (size) => {
    bytes += size;
    environment.onProgress?.({
      bytesRead: bytes,
      records: judge.lines,
      pairs: judge.valid,
      rejected: judge.errors,
      ...totalOf(source),
    });
  });
  const judge = createFileJudge(source.name, validation);
  reportEncoding(text, source, judge);
  const facts: FileFacts = {
    lines: 0,
    bytes: 0,
    hasByteOrderMark: text.byteOrderMark && copy === undefined,
    blankLines: 0,
    crlf: false,
    jsonArray: text.kind === "json-array" && copy === undefined,
    ...(source.name === "-" || copy !== undefined ? {} : { name: source.baseName }),
  };
  await copy?.begin(text);
  const options = {
    source: source.name,
    ...(request.maxLineBytes === undefined ? {} : { maxBytes: request.maxLineBytes }),
  };
  if (text.kind === "json-array") {
    for await (const record of readJsonArray(counted, options)) {
      await judge.take(record);
    }
  } else {
    for await (const line of readJsonLines(counted, options)) {
      if (copy === undefined) {
        facts.blankLines += line.blank ? 1 : 0;
        facts.crlf ||= line.carriageReturn;
      } else {
        await copy.noteEnding(line);
      }
      if (!line.blank) {
        await judge.take(line);
      }
    }
  }
  await judge.end();
  facts.lines = judge.lines;
  facts.bytes = copy?.bytes ?? bytes + (text.byteOrderMark ? 3 : 0);
  for (const issue of validateFile(facts, targets, { source: source.name })) {
    await judge.report(issue);
  }
  return {
    source: source.name,
    lines: judge.lines,
    bytes: facts.bytes,
    valid: judge.valid,
    errors: judge.errors,
    warnings: judge.warnings,
  };
}

function totalOf(source: InputSource): { bytesTotal?: number } {
  return source.size === undefined ? {} : { bytesTotal: source.size };
}

async function* countBytes(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** Judges the lines of one file and counts what it finds. */
interface FileJudge {
  lines: number;
  valid: number;
  errors: number;
  warnings: number;
  take(record: JsonRecord): Promise<void>;
  report(issue: Issue): Promise<void>;
  end(): Promise<void>;
}

function createFileJudge(source: string, validation: Validation): FileJudge {
  const { targets, tally, issues: outputs, copy } = validation;
  const repeated = createRepeatedLines();
  const judge: FileJudge = {
    lines: 0,
    valid: 0,
    errors: 0,
    warnings: 0,
    async take(record) {
      judge.lines += 1;
      const { value, issues } =
        copy === undefined
          ? { value: record.value, issues: lineIssues(record, source, targets) }
          : await copy.mend(record, { source, targets });
      for (const issue of issues) {
        await judge.report(issue);
      }
      if (issues.every(({ severity }) => severity !== "error")) {
        judge.valid += 1;
        const place = { source, ordinal: record.ordinal, line: record.line };
        await reportAll((await repeated).add(value as DpoExample, place));
      }
    },
    async report(issue) {
      tally.add(issue);
      judge.errors += issue.severity === "error" ? 1 : 0;
      judge.warnings += issue.severity === "warning" ? 1 : 0;
      await outputs.write(issue);
    },
    async end() {
      await reportAll((await repeated).end());
    },
  };
  async function reportAll(issues: readonly Issue[]): Promise<void> {
    for (const issue of issues) {
      await judge.report(issue);
    }
  }
  return judge;
}

/** The lines are checked all the same, so that the whole list of problems comes at once. */
function reportEncoding(text: DecodedText, source: InputSource, judge: FileJudge): void {
  if (text.encoding !== "utf-8") {
    void judge.report(
      createIssue("IO_INVALID_ENCODING", {
        location: { source: source.name },
        message: "The file is not in UTF-8",
        expected: "utf-8",
        found: text.encoding,
        hint: "Write it again in UTF-8: dpo validate FILE --fix -o fixed.jsonl",
      }),
    );
  }
}
