import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { objectsIn } from "./json-members.ts";

/** Members of rows in which people and tools keep which answer is better, how good one is, or a second answer. */
const judging =
  /chosen|reject|prefer|label|rating|score|rank|winner|vote|feedback|reward|thumb|like|better|worse|annotat|kto|candidate|completion|response|answer/iu;

function mayJudge(row: JsonObject): boolean {
  return Object.keys(row).some((name) => judging.test(name));
}

/** Whether rows are conversations under this name, and neither they nor their messages have members that may judge. */
export function arePlainConversations(
  rows: readonly JsonObject[],
  { messages, role }: { messages: string; role: string },
): boolean {
  const lists = rows.map((row) => row[messages]);
  return lists.some((list) => hasText(list, role)) && ![...rows, ...lists.flatMap(objectsIn)].some(mayJudge);
}

/** Whether a value is a list in which an object has a member that is a text. */
export function hasText(list: JsonValue | undefined, name: string): boolean {
  return objectsIn(list).some((item) => typeof item[name] === "string");
}
