import { type DecodedText, peekChunks } from "@dpo-kit/io";
import { holdsWholeRow } from "../formats/holds-whole-row.ts";

/** By how much a beginning that ends within its first row is made longer at a time. */
const GROWTH = 4;
/** In bytes: much more is not held for a plan. */
const LONGEST_HEAD = 16 * 1024 * 1024;

/** A text of JSON rows whose beginning holds a whole row: rows may be longer than what is looked at otherwise. */
export async function withWholeRow(text: DecodedText): Promise<DecodedText> {
  const { kind } = text;
  let { chunks, head, headIsComplete } = text;
  const isJson = kind === "json-array" || kind === "json-object-lines";
  while (isJson && head.length < LONGEST_HEAD && !(await holdsWholeRow({ head, headIsComplete, kind }))) {
    ({ chunks, head, complete: headIsComplete } = await peekChunks(chunks, head.length * GROWTH));
  }
  return { ...text, chunks, head, headIsComplete };
}
