import type { DpoExample } from "@dpo-kit/schema";
import type { EncodedLines } from "../src/index.ts";

/** Examples as lines with the offsets of their parts, as a `PairBatch` holds them. */
export function encodeLines(examples: readonly DpoExample[]): EncodedLines {
  const utf8 = new TextEncoder();
  const spans: number[] = [];
  let text = "";
  let length = 0;
  const append = (piece: string): [number, number] => {
    const start = length;
    text += piece;
    length += utf8.encode(piece).length;
    return [start, length];
  };
  for (const { input, preferred_output, non_preferred_output } of examples) {
    append('{"input":{"messages":');
    spans.push(...append(JSON.stringify(input.messages)));
    if (input.tools === undefined) {
      spans.push(0, 0);
    } else {
      append(',"tools":');
      spans.push(...append(JSON.stringify(input.tools)));
    }
    append('},"preferred_output":');
    spans.push(...append(JSON.stringify(preferred_output)));
    append(',"non_preferred_output":');
    spans.push(...append(JSON.stringify(non_preferred_output)));
    append("}\n");
  }
  return { count: examples.length, bytes: utf8.encode(text), spans: Uint32Array.from(spans) };
}
