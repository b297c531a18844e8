import { findReservedToken } from "@dpo-kit/schema";
import type { MarkFamily } from "./text-mark.ts";

/** Tokens that OpenAI's encodings keep for themselves. */
export const reservedMarks: MarkFamily = {
  hint: /<\|/u,
  marks: [
    {
      id: "reserved-token",
      code: "AUDIT_RESERVED_TOKEN",
      title: "a reserved token",
      find: findReservedToken,
    },
  ],
};
