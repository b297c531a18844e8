import type { PairBatch } from "@dpo-kit/batch";
import { type DecodedText, type InputSource, readJsonArray, readJsonLines } from "@dpo-kit/io";
import { DataError, DEFAULT_TARGETS, type FileFacts, type TargetId, validateFile } from "@dpo-kit/schema";
import type { RunEnvironment } from "../conversion-request.ts";
import type { LeakageResult, ValidatedFile, ValidationResult } from "../conversion-result.ts";
import { nextAfterValidation } from "../next-commands.ts";
import { createIssueTally, type IssueTally } from "../tally.ts";
import type { ValidationRequest } from "../validation-request.ts";
import { refuseUnsafePaths } from "./check-paths.ts";
import { createFileJudge, type FileJudge } from "./file-judge.ts";
import { findSources } from "./find-sources.ts";
import { changesPath, createFixedCopy, type FixedCopy } from "./fixed-copy.ts";
import { createIssueOutputs, type IssueOutputs } from "./issue-outputs.ts";
import { createLeakage, type Leakage } from "./leakage.ts";
import { notUtf8, openJson } from "./open-json.ts";
import { createRunOutputs } from "./run-outputs.ts";

/** What is known while files are validated. */
interface Validation {
  readonly request: ValidationRequest;
  readonly environment: RunEnvironment;
  readonly targets: readonly TargetId[];
  readonly tally: IssueTally;
  readonly issues: IssueOutputs;
  readonly copy: FixedCopy | undefined;
  readonly leakage: Leakage | undefined;
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
  const paths = outputPaths(request);
  await refuseUnsafePaths(paths, sources);
  const names = sources.map(({ name }) => name);
  const leakage = createLeakage(request, names);
  const outputs = await createRunOutputs({ force: request.force === true, digest: false, paths });
  try {
    const validation: Validation = {
      request,
      environment,
      targets: request.target ?? DEFAULT_TARGETS,
      tally: createIssueTally(),
      issues: await createIssueOutputs(request, outputs),
      copy: await createFixedCopy({ request, sources, outputs, environment }),
      leakage,
    };
    const files: ValidatedFile[] = [];
    for (const source of sources) {
      files.push(await validateSource(source, files.length, validation));
    }
    const leaked = await reportLeakage(validation);
    await validation.issues.end();
    const written = await outputs.finish();
    await outputs.commit();
    return resultOf(validation, { files, outputs: written, leaked });
  } catch (error) {
    await outputs.abort();
    throw error;
  } finally {
    leakage?.close();
  }
}

/** No more issues are listed than of each other code; the result counts all. */
async function reportLeakage({ leakage, tally, issues }: Validation): Promise<LeakageResult | undefined> {
  const found = leakage?.report();
  for (const issue of found?.issues ?? []) {
    tally.add(issue);
    await issues.write(issue);
  }
  return found?.result;
}

function outputPaths({ fix, issues, output, sarif }: ValidationRequest): string[] {
  const mended = fix === true && output !== undefined && output !== "-" ? [output, changesPath(output)] : [];
  return [...mended, issues, sarif].filter((path) => path !== undefined);
}

function resultOf(
  { request, targets, tally, copy }: Validation,
  found: Pick<ValidationResult, "files" | "outputs"> & { leaked: LeakageResult | undefined },
): ValidationResult {
  const { files, outputs, leaked } = found;
  const ok = files.every((file) => file.errors === 0) && (leaked?.sharedPrompts ?? 0) === 0;
  const issues = tally.report();
  return {
    command: "validate",
    ok,
    exitCode: ok ? 0 : 1,
    files,
    ...(leaked === undefined ? {} : { leakage: leaked }),
    targets,
    issues,
    outputs,
    fixes: copy?.fixes ?? new Map(),
    next: nextAfterValidation(request, issues, ok),
  };
}

async function validateSource(
  source: InputSource,
  number: number,
  validation: Validation,
): Promise<ValidatedFile> {
  const { environment, targets, copy, leakage } = validation;
  const text = await openJson(source, environment);
  const onBatch = leakage && ((batch: PairBatch) => leakage.add(batch, number));
  const judge = await createFileJudge(source.name, { ...validation, onBatch });
  if (text.encoding !== "utf-8") {
    refuseFix(text, source, copy);
    // The lines are checked all the same, so that the whole list of problems comes at once.
    await judge.report(notUtf8(text, source));
  }
  await copy?.begin(text);
  const facts = await judgeLines(text, { source, judge, validation });
  await judge.end();
  for (const issue of validateFile(facts, targets, { source: source.name })) {
    await judge.report(issue);
  }
  const { lines, valid, errors, warnings } = judge;
  return { source: source.name, lines, bytes: facts.bytes, valid, errors, warnings };
}

/** Judges all lines, and says what was seen of the file as a whole; of a mended copy, what it will be. */
async function judgeLines(
  text: DecodedText,
  { source, judge, validation }: { source: InputSource; judge: FileJudge; validation: Validation },
): Promise<FileFacts> {
  const { request, environment, copy } = validation;
  const mended = copy !== undefined;
  let bytes = text.byteOrderMark ? 3 : 0;
  let blankLines = 0;
  let crlf = false;
  const counted = countBytes(text.chunks, (size) => {
    bytes += size;
    const { lines: records, valid: pairs, errors: rejected } = judge;
    environment.onProgress?.({ bytesRead: bytes, records, pairs, rejected, ...totalOf(source) });
  });
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
      await copy?.noteEnding(line);
      blankLines += line.blank ? 1 : 0;
      crlf ||= line.carriageReturn;
      if (!line.blank) {
        await judge.take(line);
      }
    }
  }
  return {
    lines: judge.lines,
    bytes: copy?.bytes ?? bytes,
    hasByteOrderMark: text.byteOrderMark && !mended,
    blankLines: mended ? 0 : blankLines,
    crlf: crlf && !mended,
    jsonArray: text.kind === "json-array" && !mended,
    ...(source.name === "-" || mended ? {} : { name: source.baseName }),
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

function refuseFix(text: DecodedText, source: InputSource, copy: FixedCopy | undefined): void {
  if (copy !== undefined) {
    const { message, hint, location } = notUtf8(text, source);
    throw new DataError("IO_INVALID_ENCODING", { message, hint, location });
  }
}
