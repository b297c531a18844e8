import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import { buildConversation } from "../model/conversation.ts";
import { type Position, placeAlternatives } from "../model/place-alternatives.ts";

/** Chats of text-generation-webui, a file each. */
export const textGenerationWebui: ChatFormat = {
  id: "text-generation-webui",
  title: "a text-generation-webui chat",
  detail:
    "user_data/logs/**/*.json. Versions of an answer: the one that is shown, where the user went on from it. Versions " +
    "that were edited cannot be told from those that were made again.",
  signals: ["swipe"],
  detect,
  read: (input) => readEach(input, "chats", readChat),
};

function detect({ values }: FileSample): FileRole | undefined {
  const isFound = values.some(
    ({ internal, visible, data, data_visible: oldVisible }) =>
      holdsRows(internal, visible) || holdsRows(data, oldVisible),
  );
  return isFound ? { role: "chats", why: "it holds the rows of a chat, internal and visible" } : undefined;
}

/** The last row of a sample may be cut short, and what is visible may stand behind its end. */
function holdsRows(rows: JsonValue | undefined, visible: JsonValue | undefined): boolean {
  const areRows = Array.isArray(rows) && rows.every((row) => Array.isArray(row) && row.length <= 2);
  return areRows && (Array.isArray(visible) || rows.length > 0);
}

function readChat(value: JsonObject, at: Location): ChatRecord {
  const internal = value.internal ?? value.data;
  const rows = Array.isArray(internal) ? internal : [];
  if (rows.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const positions = rows.flatMap((row, index) => readRow(row, { index, metadata }));
  const conversation = buildConversation(placeAlternatives(positions), {
    id: "",
    alternatives: "swipe",
    // The character, or the instructions, stand in the settings.
    hiddenInput: true,
  });
  return { kind: "judged", at, conversation, judgements: [] };
}

/** What stands in place of the user's message before a greeting. */
const NO_MESSAGE = "<|BEGIN-VISIBLE-CHAT|>";

function readRow(row: JsonValue, { index, metadata }: { index: number; metadata: JsonObject }): Position[] {
  const [asked, answered] = Array.isArray(row) ? row : [];
  const user = firstText(asked) ?? "";
  const answer = firstText(answered) ?? "";
  const question: Position = {
    alternatives: [[{ id: `${index}.user`, role: "user", content: user }]],
    selected: 0,
  };
  const facts = metadata[`assistant_${index}`];
  return [
    ...(user === "" || user === NO_MESSAGE ? [] : [question]),
    ...(answer === "" ? [] : [readAnswer(answer, { index, facts: isObject(facts) ? facts : {} })]),
  ];
}

/** The text of the row is what the model saw; the versions hold the others. */
function readAnswer(answer: string, { index, facts }: { index: number; facts: JsonObject }): Position {
  const { versions, current_version_index: current } = facts;
  const texts = objectsIn(versions).map(({ content }) => firstText(content) ?? "");
  const isKnown = typeof current === "number" && texts[current] !== undefined;
  const alternatives = isKnown ? texts : [answer];
  const selected = isKnown ? current : 0;
  const model = firstText(facts.model_name);
  return {
    selected,
    alternatives: alternatives.map((text, version) => [
      {
        id: `${index}.assistant.${version}`,
        role: "assistant" as const,
        content: version === selected ? answer : text,
        ...(model === undefined ? {} : { model }),
      },
    ]),
  };
}
