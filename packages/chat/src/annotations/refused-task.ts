import { createIssue, type JsonValue, type Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";

/** A member of a task that is not laid out as its format lays it out. */
export interface OddMember {
  readonly name: string;
  /** What it should be: completes "expected …". */
  readonly expected: string;
  readonly found: JsonValue | undefined;
}

/** The record of a task that is damaged. */
export function damagedTask(at: Location, { name, expected, found }: OddMember): ChatRecord {
  const path = at.path === undefined ? name : `${at.path}.${name}`;
  const issue = createIssue("CHAT_RECORD_UNREADABLE", { location: { ...at, path }, expected, found });
  return { kind: "rejected", at, issues: [issue] };
}
