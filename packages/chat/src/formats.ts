import type { BareFormat, ChatFormat } from "./chat-format.ts";
import { chatgpt } from "./formats/chatgpt.ts";

/**
 * Every format, in the order in which they are tried: the first that recognises a file takes it. Narrow tests come
 * before wide ones; a new format goes before the first one whose test its files would pass too.
 */
export const chatFormats: readonly (ChatFormat | BareFormat)[] = [chatgpt];
