export type { TaskFieldNames } from "./annotations/task-field-names.ts";
export {
  type BareFormat,
  type ChatFormat,
  type ChatRecord,
  type FileRole,
  holdsPreferences,
} from "./chat-format.ts";
export type { ChatConvertOptions } from "./chat-options.ts";
export { convertChat, refuseBare } from "./convert-chat.ts";
export {
  type ChatDetection,
  type DetectedFile,
  type DetectedFormat,
  detectChat,
  formatById,
} from "./detect-chat.ts";
export { type ChatEncodeOptions, encodeChat } from "./encode-chat.ts";
export { chatFormats } from "./formats.ts";
export type { ChatFile } from "./input/chat-file.ts";
export { type FileLayout, type FileSample, sampleChatFile, sampleChatText } from "./input/file-sample.ts";
export { type ChatCounts, emptyChatCounts } from "./pairs/chat-counts.ts";
export { type ChatPairOptions, DEFAULT_MARGIN } from "./pairs/chat-pair-options.ts";
export type { PairTree, TreeAnswer } from "./pairs/pair-tree.ts";
export { defaultSignals, parseSignals, type Signal, signalNames, signals } from "./pairs/signals.ts";
