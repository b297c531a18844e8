import { type JsonRecord, readChunks, readJsonArray, readJsonLines } from "@dpo-kit/io";
import { type HeadOfText, holdsWholeRow } from "./holds-whole-row.ts";
import type { FormatClaim } from "./pipeline-format.ts";

/** Says why the beginning of a JSON text holds no row: the first record is what to look at. */
export async function whyNoRows(text: HeadOfText): Promise<FormatClaim> {
  if (!(await holdsWholeRow(text))) {
    return none(`its first row is longer than ${text.head.length} bytes`);
  }
  const [first, second] = await firstRecords(text);
  if (first === undefined) {
    return none("it holds no rows");
  }
  const [issue] = first.issues;
  if (issue === undefined) {
    return none("its rows are no objects with names and values");
  }
  const { expected, found: seen = "", location, message } = issue;
  const detail = expected === undefined ? "" : `, expected ${expected}, found ${seen}`;
  const why = `its first row, at ${location.line}:${location.column}, cannot be read: ${message}${detail}`;
  const isCut = second !== undefined && seen === '"the end of the text"';
  return isCut || expected === "the end of the text" ? { ...none(why), hint: onePerLine } : none(why);
}

async function firstRecords({ head, kind }: HeadOfText): Promise<JsonRecord[]> {
  const chunks = readChunks(head);
  const found: JsonRecord[] = [];
  for await (const record of kind === "json-array" ? readJsonArray(chunks) : readJsonLines(chunks)) {
    found.push(...("blank" in record && record.blank ? [] : [record]));
    if (found.length > 1) {
      break;
    }
  }
  return found;
}

const onePerLine =
  "Write each object on a line of its own (`jq -c . FILE > rows.jsonl`), or all as the elements of one array.";

const none = (why: string): FormatClaim => ({ confidence: 0, why });
