import { carriedMember } from "@dpo-kit/preference";
import { carryJson, type JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { carriedItems } from "../messages/carried-items.ts";

/** A document that remembers how it was written, if there are tools or calls in it, which are carried as they stand. */
export function carriedDocument(value: JsonObject, { text = "" }: ChatDocument): JsonObject {
  return text.includes('"tool') ? (carryJson(text) as JsonObject) : value;
}

/** The objects in those of its members that are lists; the document by itself where none is one. */
export function listedObjects(document: JsonObject, names: readonly string[]): readonly JsonObject[] {
  const lists = names.filter((name) => Array.isArray(document[name]));
  return lists.length === 0
    ? [document]
    : lists.flatMap((name) => carriedItems(carriedMember(document, name)).filter(isObject));
}
