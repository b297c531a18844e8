import { decodeText } from "@dpo-kit/io";
import { DataError, isBlank, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import type { ChatFile } from "./chat-file.ts";
import { parseElements, parsePrefix } from "./complete-prefix.ts";

/**
 * How a file is laid out: one JSON array, one JSON object, JSON Lines, a delimited table with a header, or none of
 * these.
 */
export type FileLayout = "array" | "object" | "lines" | "table" | "other";

/** The beginning of a file: what formats are recognised by. */
export interface FileSample {
  /** Its name, for messages. Never what decides. */
  readonly name: string;
  readonly layout: FileLayout;
  /**
   * The first elements of the array, the object, or the first lines, those that are objects. What stands behind
   * the first MiB is not in it: the last of them may lack members and elements.
   */
  readonly values: readonly JsonObject[];
  /** The columns of a table. */
  readonly columns: readonly string[];
}

const SAMPLE_VALUES = 50;
const HEAD_BYTES = 1 << 20;

/**
 * Looks at the beginning of a file.
 * @throws what keeps a text from being read at all, except that a file that is no text is of layout `other`.
 */
export async function sampleChatFile(file: ChatFile, signal?: AbortSignal): Promise<FileSample> {
  let text: string;
  try {
    const opened = file.open(signal === undefined ? {} : { signal });
    const decoded = await decodeText(opened, { source: file.name, headBytes: HEAD_BYTES });
    text = new TextDecoder().decode(decoded.head);
    await decoded.chunks.return();
  } catch (error) {
    if (DataError.isInstance(error) && noText.has(error.code)) {
      return { name: file.name, layout: "other", values: [], columns: [] };
    }
    throw error;
  }
  return sampleChatText(file.name, text);
}

const noText: ReadonlySet<string> = new Set([
  "IO_EMPTY",
  "IO_UNSUPPORTED_FORMAT",
  "IO_HTML_PAGE",
  "IO_ENCODING_UNKNOWN",
]);

/** The sample of a file whose beginning is known. */
export function sampleChatText(name: string, head: string): FileSample {
  const text = head.trimStart();
  if (text.startsWith("[")) {
    return { name, layout: "array", values: objectsIn(parseElements(text)), columns: [] };
  }
  if (text.startsWith("{")) {
    const isLines = looksLikeLines(text);
    const values = isLines ? text.split("\n").slice(0, SAMPLE_VALUES).map(parsePrefix) : [parsePrefix(text)];
    return { name, layout: isLines ? "lines" : "object", values: objectsIn(values), columns: [] };
  }
  const columns = headerOf(text);
  return { name, layout: columns.length > 1 ? "table" : "other", values: [], columns };
}

/**
 * Whether an object begins a line of its own behind the first line: inside a pretty-printed document they are
 * indented, or stand behind a key.
 */
export function looksLikeLines(text: string): boolean {
  return /^[^\n]*\n(?:[ \t\r]*\n)*\{/u.test(text);
}

function objectsIn(values: readonly (JsonValue | undefined)[]): JsonObject[] {
  return values.slice(0, SAMPLE_VALUES).filter((value) => isObject(value));
}

/** Whether a value is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names in the first line of a delimited text; enough to recognise a table by, not to read it. */
function headerOf(text: string): string[] {
  const line = text.split("\n", 1)[0]!.trimEnd();
  const delimiter = line.includes("\t") ? "\t" : ",";
  return line.length > 10_000 || isBlank(line)
    ? []
    : line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/u, "$1"));
}
