import { type DecodedText, readChunks, readJsonArray } from "@dpo-kit/io";

const lineFeed = 0x0a;

/** Whether the beginning of a text reaches beyond its first row, well written or not. What is no JSON has lines. */
export async function holdsWholeRow({ head, headIsComplete, kind }: HeadOfText): Promise<boolean> {
  if (headIsComplete || kind !== "json-array") {
    const start = head.findIndex((byte) => byte > 0x20);
    return headIsComplete || head.indexOf(lineFeed, Math.max(start, 0)) !== -1;
  }
  let elements = 0;
  // Where they end is all that is asked for: none is kept, none is parsed.
  for await (const _ of readJsonArray(readChunks(head), { maxBytes: 1 })) {
    elements += 1;
    if (elements > 1) {
      return true;
    }
  }
  return false;
}

/** The beginning of a text, and what it looks like. */
export type HeadOfText = Pick<DecodedText, "head" | "headIsComplete" | "kind">;
