import type { CodeDefinition } from "./definition.ts";

export type SplitCode = never;

export const splitCodes: Record<SplitCode, CodeDefinition> = {};
