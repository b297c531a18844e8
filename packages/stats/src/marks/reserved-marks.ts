import { findReservedToken } from "@dpo-kit/schema";
import type { TextMark } from "./text-mark.ts";

/** Tokens that OpenAI's encodings keep for themselves. */
export const reservedMarks: readonly TextMark[] = [
  { id: "reserved-token", code: "AUDIT_RESERVED_TOKEN", title: "a reserved token", find: findReservedToken },
];
