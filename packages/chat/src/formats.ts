import type { BareFormat, ChatFormat } from "./chat-format.ts";
import { chatgpt } from "./formats/chatgpt.ts";
import { claude } from "./formats/claude.ts";
import { deepseek } from "./formats/deepseek.ts";
import { librechat } from "./formats/librechat.ts";
import { openWebui } from "./formats/open-webui.ts";

/**
 * Every format, in the order in which they are tried: the first that recognises a file takes it. Narrow tests come
 * before wide ones; a new format goes before the first one whose test its files would pass too.
 */
export const chatFormats: readonly (ChatFormat | BareFormat)[] = [
  deepseek,
  chatgpt,
  claude,
  openWebui,
  librechat,
];
