import type { CodeDefinition } from "./definition.ts";

export const splitCodes = {} as const satisfies Record<string, CodeDefinition>;

export type SplitCode = keyof typeof splitCodes;
