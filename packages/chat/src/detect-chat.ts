import { DataError } from "@dpo-kit/schema";
import { type BareFormat, type ChatFormat, type FileRole, holdsPreferences } from "./chat-format.ts";
import { chatFormats } from "./formats.ts";
import type { FileSample } from "./input/file-sample.ts";

/** A file that a format recognises. Its role is `none` in a format that holds no preferences. */
export interface DetectedFile extends FileRole {
  readonly name: string;
}

/** A format, and the files that are of it. They are read together. */
export interface DetectedFormat {
  readonly id: string;
  readonly title: string;
  readonly files: readonly DetectedFile[];
  /** Of a format without preferences: why it holds none, and what to do instead. */
  readonly bare?: { readonly reason: string; readonly advice: string };
}

/** What some files are. It can be sent to another thread. */
export interface ChatDetection {
  /** In the order in which their first files stand in the input. */
  readonly formats: readonly DetectedFormat[];
  /** The names of the files that no format recognises. */
  readonly unknown: readonly string[];
}

/**
 * Finds out what files of chat logs are, by their beginnings: see {@link chatFormats} for the order in which formats
 * are asked. With `from` all that is of a known layout is taken to be of that format.
 *
 * @throws RUN_OPTION_INVALID where there is no format of that id.
 */
export function detectChat(
  samples: readonly FileSample[],
  { from }: { from?: string | undefined } = {},
): ChatDetection {
  const asked = from === undefined ? chatFormats : [formatById(from)];
  const found = new Map<ChatFormat | BareFormat, DetectedFile[]>();
  const unknown: string[] = [];
  for (const sample of samples) {
    const claim = claimOf(sample, asked);
    if (claim === undefined) {
      unknown.push(sample.name);
    } else {
      const files = found.get(claim.format) ?? [];
      found.set(claim.format, files);
      files.push(claim.file);
    }
  }
  return { formats: [...found].map(([format, files]) => describe(format, files)), unknown };
}

/**
 * A format by its id.
 * @throws RUN_OPTION_INVALID
 */
export function formatById(id: string): ChatFormat | BareFormat {
  const found = chatFormats.find((format) => format.id === id);
  if (found === undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `There is no format of chat logs called ${JSON.stringify(id)}`,
      hint: `Use one of: ${chatFormats.map((format) => format.id).join(", ")}`,
    });
  }
  return found;
}

function claimOf(
  sample: FileSample,
  asked: readonly (ChatFormat | BareFormat)[],
): { format: ChatFormat | BareFormat; file: DetectedFile } | undefined {
  const { name } = sample;
  for (const format of asked) {
    const role = holdsPreferences(format) ? format.detect(sample) : bareRole(format, sample);
    if (role !== undefined) {
      return { format, file: { name, ...role } };
    }
  }
  return undefined;
}

function bareRole(format: BareFormat, sample: FileSample): FileRole | undefined {
  return format.detect(sample) ? { role: "none", why: `it is laid out as ${format.title}` } : undefined;
}

function describe(format: ChatFormat | BareFormat, files: readonly DetectedFile[]): DetectedFormat {
  const { id, title } = format;
  return holdsPreferences(format)
    ? { id, title, files }
    : { id, title, files, bare: { reason: format.reason, advice: format.advice } };
}
