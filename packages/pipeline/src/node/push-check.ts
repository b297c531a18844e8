import { decodeText, type InputSource, type JsonLine, readJsonLines } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import { createIssue, type Issue, type JsonObject } from "@dpo-kit/schema";
import type { ExampleMembers } from "../example-members.ts";
import { lineIssues } from "../line-issues.ts";
import type { IssueTally } from "../tally.ts";

/** What was found in a file of canonical lines. */
export interface CheckedFile {
  readonly lines: number;
  /** Of the lines with their ends, unpacked. */
  readonly bytes: number;
}

/** What a check reports to. */
export interface PushCheckOptions {
  readonly tally: IssueTally;
  readonly members: ExampleMembers;
  readonly signal?: AbortSignal | undefined;
  /** Told how many more bytes of the file, as it is stored, were read, and how many lines there are. */
  readonly onRead?: (bytes: number, lines: number) => void;
}

/**
 * Reads a file to its end and judges every line as `dpo convert` does, by the canonical schema and OpenAI's rules of
 * a line. All problems go to the tally.
 *
 * @throws IO_EMPTY IO_GIT_LFS_POINTER IO_HTML_PAGE and what else makes a file unreadable
 */
export async function checkPushFile(input: InputSource, options: PushCheckOptions): Promise<CheckedFile> {
  const { tally, members, signal, onRead } = options;
  let lines = 0;
  let bytes = 0;
  for await (const line of canonicalLines(input, {
    signal,
    onIssue: tally.add,
    onRead: (count) => onRead?.(count, lines),
  })) {
    lines += 1;
    bytes += line.byteLength + 1;
    const issues = lineIssues(line, input.name, ["openai"]);
    issues.forEach(tally.add);
    if (issues.every(({ severity }) => severity !== "error")) {
      members.observe(line.value as JsonObject);
    }
  }
  return { lines, bytes };
}

/** How {@link canonicalLines} reads. */
export interface CanonicalLinesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told what is wrong with the file as a whole. */
  readonly onIssue?: (issue: Issue) => void;
  readonly onRead?: (bytes: number) => void;
}

/** The lines of a file that are not blank. */
export async function* canonicalLines(
  input: InputSource,
  { signal, onIssue, onRead }: CanonicalLinesOptions,
): AsyncGenerator<JsonLine> {
  const chunks = input.open(signal === undefined ? {} : { signal });
  const text = await decodeText(counted(chunks, onRead), {
    source: input.name,
    decompressors: nodeDecompressors,
    encoding: "utf-8",
  });
  const location = { source: input.name };
  if (text.byteOrderMark) {
    onIssue?.(createIssue("FILE_BYTE_ORDER_MARK", { location, severity: "error" }));
  }
  if (text.kind === "json-array") {
    onIssue?.(createIssue("FILE_JSON_ARRAY", { location, severity: "error" }));
    await text.chunks.return();
    return;
  }
  for await (const line of readJsonLines(text.chunks, { source: input.name })) {
    if (!line.blank) {
      yield line;
    }
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onRead: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onRead?.(chunk.length);
    yield chunk;
  }
}
