import { parseHashTemplate } from "./parse-hash-template.ts";
import { parseLlama2Template } from "./parse-llama2-template.ts";
import { parseTranscript } from "./parse-transcript.ts";
import { parseTurnTemplate } from "./parse-turn-template.ts";
import type { RenderedText } from "./rendered-text.ts";

/** How a text that was written out begins; nearly all texts do not, and need not be looked at further. */
const beginsRendered =
  /^(?:\n*(?:Human|Assistant|Hum):|\n*<extra_id_[01]>|<s>|<bos>|<\||<start_of_turn>|\s*\[INST\]|### |Below is an instruction)/u;

/** Reads a text that is wholly a transcript or a rendered chat template; undefined where it is anything else. */
export function parseRenderedText(text: string): RenderedText | undefined {
  if (!beginsRendered.test(text) && !text.includes("<extra_id_1>Assistant\n")) {
    return undefined;
  }
  return (
    parseTranscript(text) ?? parseTurnTemplate(text) ?? parseLlama2Template(text) ?? parseHashTemplate(text)
  );
}
