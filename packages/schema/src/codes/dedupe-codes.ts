import type { CodeDefinition } from "./definition.ts";

export const dedupeCodes = {} as const satisfies Record<string, CodeDefinition>;

export type DedupeCode = keyof typeof dedupeCodes;
