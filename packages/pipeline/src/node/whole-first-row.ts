import { type DecodedText, peekChunks, readChunks, readJsonArray, readJsonLines } from "@dpo-kit/io";

/** By how much a beginning that ends within its first row is made longer at a time. */
const GROWTH = 4;
/** In bytes; longer rows are reported and passed over. */
const LONGEST_ROW = 64 * 1024 * 1024;

/**
 * A text of JSON rows whose beginning holds a whole row, if one that can be read comes first: rows may be longer than
 * what is looked at otherwise.
 */
export async function withWholeRow(text: DecodedText): Promise<DecodedText> {
  let { chunks, head, headIsComplete } = text;
  while (!headIsComplete && head.length < LONGEST_ROW && !(await holdsRow(head, text.kind))) {
    const peeked = await peekChunks(chunks, head.length * GROWTH);
    ({ chunks, head, complete: headIsComplete } = peeked);
  }
  return { ...text, chunks, head, headIsComplete };
}

/** Whether a beginning reaches beyond its first row. What is no JSON has rows of another kind. */
async function holdsRow(head: Uint8Array, kind: DecodedText["kind"]): Promise<boolean> {
  if (kind !== "json-array" && kind !== "json-object-lines") {
    return true;
  }
  let rows = 0;
  const records = kind === "json-array" ? readJsonArray(readChunks(head)) : readJsonLines(readChunks(head));
  for await (const record of records) {
    const isBlank = "blank" in record && record.blank;
    rows += isBlank ? 0 : 1;
    if (rows > 1 || (!isBlank && record.issues.length === 0)) {
      return true;
    }
  }
  return false;
}
