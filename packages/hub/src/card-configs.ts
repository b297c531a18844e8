import { DataError } from "@dpo-kit/schema";

/** Which files a dataset card assigns to the splits of a configuration. */
export interface CardConfig {
  readonly name: string;
  readonly isDefault: boolean;
  /** The folder that the patterns, or the files where there are none, are in; empty for the top. */
  readonly folder: string;
  /** Patterns by split; missing where the card leaves it to the names of the files. */
  readonly patterns?: ReadonlyMap<string, readonly string[]>;
}

/** A card's head is a page at most; what is larger is made to exhaust the machine. */
const largestHead = 2 ** 20;

/**
 * Reads `configs` from the YAML at the head of a dataset card
 * (https://huggingface.co/docs/hub/datasets-manual-configuration).
 *
 * @param card the text of README.md.
 * @returns in the card's order; empty where the card lists none.
 * @throws HUB_CARD_INVALID
 */
export async function readCardConfigs(card: string): Promise<CardConfig[]> {
  const head = headOfCard(card);
  if (head === undefined) {
    return [];
  }
  const configs = member(await parseHead(head), "configs");
  return Array.isArray(configs) ? configs.map(readConfig) : [];
}

/** The YAML between the first two lines of `---`. */
export function headOfCard(card: string): string | undefined {
  const text = card.startsWith("\uFEFF") ? card.slice(1) : card;
  const start = /^---[ \t]*\r?\n/u.exec(text)?.[0].length;
  const end = start === undefined ? -1 : text.slice(start - 1).search(/\n---[ \t]*(?:\r?\n|$)/u);
  return start === undefined || end === -1 ? undefined : text.slice(start, start + end);
}

async function parseHead(head: string): Promise<unknown> {
  if (head.length > largestHead) {
    throw invalid("its head is larger than 1 MiB");
  }
  const { parse } = await import("yaml");
  try {
    return parse(head, { mapAsMap: true, logLevel: "error", prettyErrors: false });
  } catch (cause) {
    throw invalid("its head is not valid YAML", cause);
  }
}

function readConfig(value: unknown): CardConfig {
  const files = member(value, "data_files");
  const folder = textOf(member(value, "data_dir") ?? "", "data_dir").replace(/^(?:\.?\/)+|\/+$/gu, "");
  return {
    name: textOf(member(value, "config_name") ?? "default", "config_name"),
    isDefault: member(value, "default") === true,
    folder: folder === "." ? "" : folder,
    ...(files === undefined || files === null ? {} : { patterns: patternsOf(files) }),
  };
}

/** `data_files` is a pattern, a list of patterns, a map of splits, or a list of `{split, path}`. */
function patternsOf(files: unknown): Map<string, readonly string[]> {
  if (files instanceof Map) {
    return new Map([...files].map(([split, path]) => [textOf(split, "split"), pathsOf(path)]));
  }
  if (!Array.isArray(files) || !files.some((entry) => entry instanceof Map)) {
    return new Map([["train", pathsOf(files)]]);
  }
  const patterns = new Map<string, readonly string[]>();
  for (const entry of files) {
    const split = textOf(member(entry, "split") ?? "train", "split");
    patterns.set(split, [...(patterns.get(split) ?? []), ...pathsOf(member(entry, "path"))]);
  }
  return patterns;
}

/** A pattern longer than this, in UTF-16 code units, is made to exhaust the machine. */
const longestPattern = 1024;

function pathsOf(value: unknown): string[] {
  const paths = Array.isArray(value) ? value : [value];
  return paths.map((path) => {
    const text = textOf(path, "path");
    if (text.length > longestPattern) {
      throw invalid(`a path in its configs is longer than ${longestPattern} characters`);
    }
    return text.replace(/^(?:\.?\/)+/u, "");
  });
}

function member(value: unknown, key: string): unknown {
  return value instanceof Map ? value.get(key) : undefined;
}

function textOf(value: unknown, key: string): string {
  if (typeof value !== "string" && typeof value !== "number") {
    throw invalid(`a ${key} in its configs is not a text`);
  }
  return String(value);
}

function invalid(why: string, cause?: unknown): DataError {
  return new DataError("HUB_CARD_INVALID", {
    message: `The dataset card (README.md) cannot be understood: ${why}`,
    cause,
  });
}
