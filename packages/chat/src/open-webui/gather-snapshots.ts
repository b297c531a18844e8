import { type GatheredGroup, gather } from "@dpo-kit/preference";
import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import type { ChatInput } from "../input/chat-input.ts";
import { isObject } from "../input/file-sample.ts";
import { type OpenWebuiChat, readChat } from "./read-chat.ts";
import { readFeedback } from "./read-feedback.ts";

/** A chat as feedback shows it. */
export interface SnapshotChat {
  readonly chat: OpenWebuiChat;
  readonly at: Location;
}

/**
 * The chats in exported feedback, each once. Every entry has the whole chat as it was at its time: of each message the
 * latest state counts. `isWanted` is asked for the place of each entry that rates something.
 *
 * @throws GATHER_LIMIT
 */
export async function* gatherSnapshots(
  input: ChatInput,
  isWanted: (place: number) => boolean,
): AsyncGenerator<SnapshotChat, void, undefined> {
  const groups = gather(listSnapshots(input, isWanted), keyOf, input.store());
  for await (const group of groups) {
    const merged = mergeSnapshots(group as unknown as GatheredGroup<Snapshot>);
    if (merged !== undefined) {
      yield merged;
    }
  }
}

/** One state of a chat. */
interface Snapshot {
  readonly chatId: string;
  readonly time: number;
  readonly row: JsonObject;
  readonly at: Location;
}

async function* listSnapshots(
  input: ChatInput,
  isWanted: (place: number) => boolean,
): AsyncGenerator<JsonValue, void, undefined> {
  let place = -1;
  for await (const { value, at } of input.entriesAgain("feedback")) {
    const entry = isObject(value) ? readFeedback(value) : undefined;
    if (entry === undefined) {
      continue;
    }
    place += 1;
    const { snapshot } = value as JsonObject;
    const row = isObject(snapshot) ? snapshot.chat : undefined;
    if (isObject(row) && isWanted(place)) {
      const known: Snapshot = { chatId: entry.chat, time: entry.time, row, at };
      yield known as unknown as JsonValue;
    }
  }
}

/** Without an id of the chat nothing says which snapshots belong together. */
function keyOf(snapshot: JsonValue): string {
  const { chatId, at } = snapshot as unknown as Snapshot;
  return chatId === "" ? JSON.stringify([at.source, at.ordinal]) : `chat ${chatId}`;
}

function mergeSnapshots({ members }: GatheredGroup<Snapshot>): SnapshotChat | undefined {
  const inTime = [...members].sort((one, other) => one.time - other.time);
  const messages = new Map<string, JsonObject>();
  let latest: OpenWebuiChat | undefined;
  for (const { row } of inTime) {
    latest = readChat(row) ?? latest;
    for (const [id, message] of readChat(row)?.messages ?? []) {
      messages.set(id, message);
    }
  }
  const [first] = members;
  return latest === undefined
    ? undefined
    : { chat: { ...latest, id: first!.chatId, messages }, at: first!.at };
}
