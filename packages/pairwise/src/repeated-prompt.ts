import { messageText, normaliseColumnName } from "@dpo-kit/preference";
import { type JsonObject, type Message, trimWhiteSpace } from "@dpo-kit/schema";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import { member } from "./row-reader.ts";
import type { RowSample } from "./row-sample.ts";
import { type ColumnMapping, columnOf, type RowContext } from "./shape.ts";

/** What a prompt is called that stands once more beside conversations; other names hold other things too. */
const promptNames: readonly string[] = ["prompt", "instruction", "question"];

/** The text column beside two conversations that says their prompt once more, if there is one. */
export function repeatedPrompt({ columns }: RowSample, options: PairwiseMappingOptions): ColumnMapping[] {
  const given = options.columns?.prompt;
  const names = (given === undefined ? promptNames : [given ?? ""]).map(normaliseColumnName);
  const texts = columns.filter(({ kind }) => kind === "text");
  const found = names.flatMap((name) => texts.find((each) => normaliseColumnName(each.name) === name) ?? []);
  return found.slice(0, 1).map(({ name }) => ({ role: "repeated prompt", column: name }));
}

/**
 * Remarks on a prompt that holds neither the first nor the last question of the conversations beside it. These
 * decide; a prompt may well be a part of them, or all of them in one text.
 */
export function compareRepeatedPrompt(
  row: JsonObject,
  messages: readonly Message[],
  { claim, reader }: RowContext,
): void {
  const column = columnOf(claim, "repeated prompt");
  const value = column === undefined ? undefined : member(row, column);
  const prompt = typeof value === "string" ? trimWhiteSpace(value) : "";
  const asked = messages.filter(({ role }) => role === "user").map(messageText);
  const ends = [asked[0], asked.at(-1)].flatMap((text) => (text === undefined ? [] : trimWhiteSpace(text)));
  if (prompt !== "" && ends.length > 0 && !ends.some((text) => prompt.includes(text))) {
    reader.remark("PAIRWISE_PROMPT_DIFFERS", column!, { expected: ends.at(-1)!, found: value! });
  }
}
