import { count, type Outcome } from "@dpo-kit/batch";
import { DataError, type Location } from "@dpo-kit/schema";
import { type ChatRecord, holdsPreferences } from "./chat-format.ts";
import type { ChatConvertOptions } from "./chat-options.ts";
import { type ChatDetection, type DetectedFormat, detectChat, formatById } from "./detect-chat.ts";
import type { ChatFile } from "./input/chat-file.ts";
import { ChatInput } from "./input/chat-input.ts";
import { sampleChatFile } from "./input/file-sample.ts";
import { type ChatCounts, emptyChatCounts } from "./pairs/chat-counts.ts";
import { convertConversation } from "./pairs/convert-conversation.ts";

/**
 * Converts chat logs to preference pairs: one outcome for each record, in order. Files that came together, such as
 * those of a folder or an archive, are read together, so that ratings find the messages they speak of.
 *
 * Conversations are read one at a time; sidecar files, and calls that are gathered, are held.
 *
 * @throws what stops everything: RUN_FORMAT_UNKNOWN CHAT_NO_PREFERENCES CHAT_SIDECAR_ALONE RUN_OPTION_INVALID
 * GATHER_LIMIT; what keeps a file from being read; the signal's reason on abort.
 */
export async function* convertChat(
  files: readonly ChatFile[],
  options: ChatConvertOptions = {},
): AsyncGenerator<Outcome, void, undefined> {
  const detection = options.detection ?? detectChat(await sampleFiles(files, options), options);
  refuseBare(detection);
  const counts = options.counts ?? emptyChatCounts();
  countLeftOut(detection, counts);
  const { limit = Number.POSITIVE_INFINITY } = options;
  const alone: DetectedFormat[] = [];
  let ordinal = 0;
  let judged = 0;
  for (const format of detection.formats) {
    const input = inputOf(format, files, { ...options, counts });
    for await (const record of readFormat(format, input)) {
      options.signal?.throwIfAborted();
      yield outcomeOf(record, { at: { ...record.at, ordinal }, input });
      ordinal += 1;
      judged += record.kind === "judged" ? 1 : 0;
      if (ordinal >= limit) {
        return;
      }
    }
    alone.push(...(input.isJudgementsAlone ? [format] : []));
  }
  if (judged === 0 && alone.length > 0) {
    throw sidecarAlone(alone[0]!);
  }
}

function sidecarAlone({ id, files: [file] }: DetectedFormat): DataError {
  const format = formatById(id);
  const hint = holdsPreferences(format) ? format.beside : undefined;
  const location = { source: file!.name };
  return new DataError("CHAT_SIDECAR_ALONE", { location, ...(hint === undefined ? {} : { hint }) });
}

async function sampleFiles(
  files: readonly ChatFile[],
  { signal }: ChatConvertOptions,
): Promise<Awaited<ReturnType<typeof sampleChatFile>>[]> {
  const samples = [];
  for (const file of files) {
    samples.push(await sampleChatFile(file, signal));
  }
  return samples;
}

/**
 * Throws where no file can hold preferences.
 * @throws RUN_FORMAT_UNKNOWN CHAT_NO_PREFERENCES
 */
export function refuseBare({ formats, unknown }: ChatDetection): void {
  if (formats.length === 0) {
    throw new DataError("RUN_FORMAT_UNKNOWN", {
      message: `No file is of a known format of chat logs: ${unknown.slice(0, 5).join(", ")}`,
    });
  }
  const [first] = formats;
  if (formats.every(({ bare }) => bare !== undefined)) {
    const others = unknown.length === 0 ? "" : ` (beside it, of no known format: ${named(unknown)})`;
    throw new DataError("CHAT_NO_PREFERENCES", {
      message: `${first!.title} holds no preferences${others}: ${first!.bare!.reason}`,
      location: { source: first!.files[0]!.name },
      hint: first!.bare!.advice,
    });
  }
}

const MOST_NAMED = 5;

function named(files: readonly string[]): string {
  const names = files.slice(0, MOST_NAMED).map((name) => name.replace(/^.*[/\\]/su, ""));
  return [...names, ...(files.length > MOST_NAMED ? [`${files.length - MOST_NAMED} more`] : [])].join(", ");
}

function inputOf(
  { files: detected }: DetectedFormat,
  files: readonly ChatFile[],
  options: ChatConvertOptions,
): ChatInput {
  const roles = new Map(detected.map((each) => [each.name, each]));
  const chosen = files.flatMap((file) => {
    const found = roles.get(file.name);
    return found === undefined ? [] : [{ file, role: found.role, isTable: found.isTable === true }];
  });
  return new ChatInput(chosen, options);
}

function countLeftOut({ formats, unknown }: ChatDetection, counts: ChatCounts): void {
  for (const { id, files } of formats.filter(({ bare }) => bare !== undefined)) {
    count(counts.filesLeftOut, id, files.length);
  }
  if (unknown.length > 0) {
    count(counts.filesLeftOut, "unknown", unknown.length);
  }
}

async function* readFormat({ id }: DetectedFormat, input: ChatInput): AsyncGenerator<ChatRecord> {
  const format = formatById(id);
  if (holdsPreferences(format)) {
    yield* format.read(input);
  }
}

function outcomeOf(record: ChatRecord, { at, input }: { at: Location; input: ChatInput }): Outcome {
  if (record.kind !== "judged") {
    return { ...record, at };
  }
  const outcome = convertConversation({ ...record, at }, input.options, input.counts);
  return outcome.kind === "pairs" && record.notes !== undefined
    ? { ...outcome, notes: record.notes }
    : outcome;
}
