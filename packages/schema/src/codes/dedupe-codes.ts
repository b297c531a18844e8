import type { CodeDefinition } from "./definition.ts";

export type DedupeCode = never;

export const dedupeCodes: Record<DedupeCode, CodeDefinition> = {};
