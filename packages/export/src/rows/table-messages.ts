import type { ParquetColumn } from "@dpo-kit/io";
import { carriedJsonText, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import type { RowMembers } from "../export-target.ts";

const text = (name: string): ParquetColumn => ({ name, type: "string" });
const call = { name: "function", struct: [text("name"), text("arguments")] } as const;
const messageColumns: readonly ParquetColumn[] = [
  text("role"),
  text("content"),
  { name: "tool_calls", list: [text("id"), text("type"), call] },
  text("tool_call_id"),
];

/** The columns of a table of rows with lists of messages; only members that occur get one, so that none is padded. */
export function tableColumns(
  { keys, ofMessages }: RowMembers,
  names: { readonly lists: readonly string[]; readonly others: readonly ParquetColumn[] },
): ParquetColumn[] {
  const list = messageColumns.filter(({ name }) => ofMessages.has(name));
  return [
    ...names.lists.map((name): ParquetColumn => ({ name, list })),
    ...names.others.filter(({ name }) => keys.has(name)),
  ];
}

/** A row whose arguments are JSON text: a column has one type, and arguments of different functions have not. */
export function tableRow(row: JsonObject, notes: ExportNotes): JsonObject {
  const members = Object.entries(row).map(([key, value]): [string, JsonValue] => [
    key,
    Array.isArray(value) ? value.map((message) => tableMessage(message as JsonObject, notes)) : value,
  ]);
  return Object.fromEntries(members);
}

function tableMessage(message: JsonObject, notes: ExportNotes): JsonObject {
  const { tool_calls: calls, ...rest } = message;
  if (!Array.isArray(calls)) {
    return message;
  }
  notes.lose("EXPORT_LOSES_ARGUMENT_TYPE");
  return { ...rest, tool_calls: calls.map((each) => tableCall(each as JsonObject)) };
}

function tableCall({ id, type, function: called }: JsonObject): JsonObject {
  const { name, arguments: given } = called as JsonObject;
  return { id: id!, type: type!, function: { name: name!, arguments: carriedJsonText(given) } };
}
