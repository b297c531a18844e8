import {
  type ChatConvertOptions,
  type ChatDetection,
  type ChatFile,
  chatFormats,
  convertChat,
  detectChat,
  encodeChat,
  type FileSample,
  holdsPreferences,
  parseSignals,
  refuseBare,
  sampleChatFile,
  sampleChatText,
} from "@dpo-kit/chat";
import type { Source } from "@dpo-kit/io";
import { readChunks } from "@dpo-kit/io";
import { carriedJsonText, DataError, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import type { ReadingRequest } from "../conversion-request.ts";
import type { SourceSet } from "../source-set.ts";
import { chatFacts } from "./chat-facts.ts";
import { chatUnit } from "./chat-unit.ts";
import type {
  FormatClaim,
  FormatPlan,
  FormatReadOptions,
  FormatVariant,
  PipelineFormat,
} from "./pipeline-format.ts";
import { policyOf } from "./policy-of.ts";

/** Chat exports, annotation tools and traces: trees of messages with what people said of them. */
export const chatPipelineFormat: PipelineFormat = {
  id: "chat",
  title: "Chat logs, annotations and traces",
  detail:
    "exports of chat services with votes, thumbs and edits; annotation tools; trace stores with scores; files, folders, zip",
  variants: chatFormats.map(variantOf),
  detect({ head }, request) {
    return claimOn([sampleOf("the input", head)], request);
  },
  plan({ head }, request, source) {
    const detection = detectionOf([sampleOf(source, head)], request);
    return planChat(detection, request, (text, read) => [textFile(text, { ...read, source })]);
  },
  sets: {
    async claim(set, request) {
      const samples = await sampleMembers(set);
      return samples.length === 0
        ? { confidence: 0, why: "no file of it is JSON" }
        : claimOn(samples, request);
    },
    async plan(set, request) {
      return planChat(detectionOf(await sampleMembers(set), request), request, () => readableMembers(set));
    },
  },
};

/** Rows of a table that is no text. */
export interface ChatRowsToPlan {
  /** The first of them. */
  readonly rows: readonly JsonObject[];
  /** The source's name. */
  readonly source: string;
  /** All of them, from the start, each time it is called. */
  open(): AsyncIterable<JsonValue>;
}

/** The plan of rows that are laid out as chat logs with preferences; undefined of all others. */
export async function planChatRows(
  { rows, source, open }: ChatRowsToPlan,
  request: ReadingRequest,
): Promise<FormatPlan | undefined> {
  const sample: FileSample = {
    name: source,
    layout: "lines",
    values: rows.slice(0, MOST_SAMPLED),
    columns: [],
  };
  if (claimOn([sample], request).confidence < SURE) {
    return undefined;
  }
  const file: ChatFile = { name: source, open: () => jsonLines(open()) };
  return planChat(detectionOf([sample], request), request, () => [file]);
}

const MOST_SAMPLED = 50;

async function* jsonLines(values: AsyncIterable<JsonValue>): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for await (const value of values) {
    yield encoder.encode(`${JSON.stringify(value)}\n`);
  }
}

function variantOf(format: (typeof chatFormats)[number]): FormatVariant {
  const { id, title } = format;
  return holdsPreferences(format)
    ? { id, title, detail: format.detail, signals: format.signals }
    : { id, title, refused: format.reason };
}

function sampleOf(name: string, head: Uint8Array): FileSample {
  return sampleChatText(name, new TextDecoder().decode(head));
}

/** Pictures and other files of an export cannot be of a format, and there may be thousands. */
const readable = /\.(?:json|jsonl|ndjson|csv|tsv)(?:\.gz)?$/iu;

function readableMembers({ members }: SourceSet): SourceSet["members"] {
  return members.filter(({ path }) => readable.test(path));
}

async function sampleMembers(set: SourceSet): Promise<FileSample[]> {
  const samples: FileSample[] = [];
  for (const member of readableMembers(set)) {
    samples.push(await sampleChatFile(member));
  }
  return samples;
}

const detectionOf = (samples: readonly FileSample[], { from }: ReadingRequest): ChatDetection =>
  detectChat(samples, from === undefined || from === "chat" ? {} : { from });

/** How surely a layout with preferences is claimed. */
const SURE = 0.95;

/**
 * The layouts of chat logs are narrow, so one that is recognised is surely meant. What only says that there are no
 * preferences gives way to every format that finds some.
 */
function claimOn(samples: readonly FileSample[], request: ReadingRequest): FormatClaim {
  const isOther = request.from !== undefined && !isChatFormat(request.from);
  const { formats, unknown } = isOther ? { formats: [], unknown: [] } : detectionOf(samples, request);
  const preferring = formats.find(({ bare }) => bare === undefined);
  if (preferring !== undefined) {
    return { confidence: SURE, why: preferring.files[0]!.why };
  }
  const [bare] = formats;
  if (bare === undefined) {
    return { confidence: 0, why: "it is laid out as no chat log" };
  }
  const empty = new Set(samples.filter(isEmptyList).map(({ name }) => name));
  const lastResort = unknown.some((name) => !empty.has(name));
  return { confidence: 0.3, why: bare.files[0]!.why, ...(lastResort ? { lastResort } : {}) };
}

/** A list without objects, such as the `canvases.json` of a Slack export, holds nothing that another format could read. */
function isEmptyList({ layout, values }: FileSample): boolean {
  return layout === "array" && values.length === 0;
}

/** Whether `--from` of this id asks for chat logs. */
export const isChatFormat = (id: string): boolean =>
  id === "chat" || chatFormats.some((format) => format.id === id);

type OpenFiles = (text: Source, read: FormatReadOptions) => readonly ChatFile[];

async function planChat(
  detection: ChatDetection,
  request: ReadingRequest,
  open: OpenFiles,
): Promise<FormatPlan> {
  refuseBare(detection);
  const options = { ...chatOptions(request), detection };
  return {
    unit: chatUnit(detection),
    facts: chatFacts(detection),
    files: detection.formats
      .flatMap(({ bare, files }) => (bare === undefined ? files : []))
      .map(({ name }) => name),
    mapping: [],
    columns: [],
    transforms: [],
    losses: [],
    convert: (text, read) => convertChat(open(text, read), { ...options, ...readOptions(read) }),
    encode: (text, { encoder, ...read }) =>
      encodeChat(open(text, read), { ...options, ...readOptions(read), ...encoder }),
  };
}

function chatOptions(request: ReadingRequest): ChatConvertOptions {
  const { keepReasoning, media, signals, taskFields, toolTurns } = request;
  return {
    policy: policyOf(request),
    keepReasoning,
    media,
    toolTurns,
    taskFields: taskFields === undefined ? undefined : fieldNames(taskFields),
    signals: signals === undefined ? undefined : parseSignals(signals),
  };
}

function readOptions(read: FormatReadOptions): ChatConvertOptions {
  const { chatCounts: counts, createStore: store, limit, onPairTree, onUnpaired, signal, units } = read;
  return {
    counts,
    limit,
    onPairTree,
    signal,
    store,
    units,
    ...(onUnpaired === undefined
      ? {}
      : { onUnpaired: (example) => onUnpaired(carriedJsonText({ ...example })) }),
  };
}

function fieldNames([prompt, ...answers]: readonly string[]): NonNullable<ChatConvertOptions["taskFields"]> {
  return answers.length === 0 ? { prompt } : { prompt, answers };
}

/** A text as a file; what reads it twice must be able to. */
function textFile(text: Source, { readAgain, signal, source }: FormatReadOptions): ChatFile {
  let isRead = false;
  const isHeld = typeof text === "string" || text instanceof Uint8Array || text instanceof Blob;
  return {
    name: source,
    open() {
      const isFresh = isHeld || !isRead;
      isRead = true;
      if (isFresh) {
        return readChunks(text, signal === undefined ? {} : { signal });
      }
      if (readAgain === undefined) {
        throw new DataError("IO_UNREADABLE", {
          message: "Such files are read twice, and this one can be read only once",
          location: { source },
          hint: "Give it as a file instead of through a pipe.",
        });
      }
      return readAgain();
    },
  };
}
