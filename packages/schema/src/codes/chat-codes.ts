import type { CodeDefinition } from "./definition.ts";

export type ChatCode = never;

export const chatCodes: Record<ChatCode, CodeDefinition> = {};
