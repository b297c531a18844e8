import { createHash } from "node:crypto";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** Names of fields that say who somebody is, without case, spaces and punctuation. */
export const personalFieldNames: ReadonlySet<string> = new Set([
  "email",
  "emailaddress",
  "useremail",
  "annotatoremail",
  "phone",
  "phonenumber",
  "telephone",
  "mobile",
  "ip",
  "ipaddress",
  "userip",
  "hashedip",
  "userid",
  "username",
  "authorid",
  "firstname",
  "lastname",
  "fullname",
  "streetaddress",
  "postaladdress",
  "ssn",
  "cookie",
  "authorization",
  "useragent",
]);

/** A record whose personal fields, at its first level, hold a hash of their value: the same value, the same hash. */
export function hidePersonalFields(record: JsonValue): JsonValue {
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    return record;
  }
  const hidden: JsonObject = Object.create(null) as JsonObject;
  for (const [name, value] of Object.entries(record)) {
    hidden[name] = isPersonal(name) && value !== "" && value !== null ? hashOf(value) : value;
  }
  return hidden;
}

/** Whether a name is one of a field that says who somebody is. */
export function isPersonal(name: string): boolean {
  return personalFieldNames.has(name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
}

function hashOf(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
