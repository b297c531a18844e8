import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "./chat-input.ts";
import { isObject } from "./file-sample.ts";
import type { ChatDocument } from "./read-documents.ts";
import { unreadable } from "./read-each.ts";

/** Reads the objects of one file together: most often one conversation, with a message on each line. */
export type ReadFile = (values: readonly JsonObject[], at: Location) => ChatRecord;

/**
 * Reads the files of a role one by one, each as one record. What stands behind a line that cannot be read is left out:
 * without that line the conversation is another one.
 */
export async function* readEachFile(
  input: ChatInput,
  role: string,
  readFile: ReadFile,
): AsyncGenerator<ChatRecord, void, undefined> {
  let file: OpenFile | undefined;
  for await (const document of input.documents(role)) {
    if (document.at.source !== file?.at.source) {
      yield* closed(file, readFile);
      file = { at: document.at, values: [], damage: [] };
    }
    addTo(file, document);
  }
  yield* closed(file, readFile);
}

/** A file whose end has not been seen. */
interface OpenFile {
  readonly at: Location;
  readonly values: JsonObject[];
  readonly damage: ChatRecord[];
}

function addTo({ values, damage }: OpenFile, document: ChatDocument): void {
  const { value, at } = document;
  if (!isObject(value)) {
    damage.push(unreadable(document));
  } else if (damage.length === 0) {
    values.push(value);
  } else if (damage.at(-1)!.kind !== "skipped") {
    damage.push({ kind: "skipped", at, reason: "after-damage" });
  }
}

function* closed(file: OpenFile | undefined, readFile: ReadFile): Generator<ChatRecord> {
  if (file === undefined) {
    return;
  }
  const { at, values, damage } = file;
  if (values.length > 0) {
    yield readFile(values, at);
  }
  yield* damage;
}
