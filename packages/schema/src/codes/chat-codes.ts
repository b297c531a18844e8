import type { CodeDefinition } from "./definition.ts";

export const chatCodes = {} as const satisfies Record<string, CodeDefinition>;

export type ChatCode = keyof typeof chatCodes;
