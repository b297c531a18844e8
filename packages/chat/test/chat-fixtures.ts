import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Fixture } from "@dpo-kit/testkit";
import type { ChatFile } from "../src/index.ts";

/** A fixture whose input is one file, or a folder of files that came together. */
export interface ChatFixture extends Fixture {
  readonly files: readonly ChatFile[];
}

/** A file on disk under a name. */
export function fileOnDisk(path: string, name: string): ChatFile {
  return { name, open: () => createReadStream(path) };
}

/** A file in memory. */
export function fileOf(content: unknown, name = "input.json"): ChatFile {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return {
    name,
    async *open() {
      yield new TextEncoder().encode(text);
    },
  };
}

const known = /^(input|input\..+|options\.json|expected\.jsonl|issues\.jsonl|README\.md)$/u;

/**
 * The fixtures in a folder, sorted by name. Each is a folder with one `input.*` or a folder `input/`, and beside it
 * `options.json`, `expected.jsonl` and `issues.jsonl`, as needed.
 */
export function listChatFixtures(directory: URL): ChatFixture[] {
  const root = fileURLToPath(directory);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readFixture(root, entry.name))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function readFixture(root: string, name: string): ChatFixture {
  const folder = join(root, name);
  const entries = readdirSync(folder);
  const stray = entries.filter((entry) => !known.test(entry));
  const [inputName, ...more] = entries.filter((entry) => entry === "input" || entry.startsWith("input."));
  if (inputName === undefined || more.length > 0 || stray.length > 0) {
    throw new Error(`${folder}: one input expected; unknown files: ${stray}`);
  }
  const optionsFile = join(folder, "options.json");
  const path = join(folder, inputName);
  const files =
    inputName === "input"
      ? readdirSync(path)
          .sort()
          .map((each) => fileOnDisk(join(path, each), each))
      : [fileOnDisk(path, inputName)];
  return {
    name,
    folder,
    inputName,
    input: new Uint8Array(),
    options: existsSync(optionsFile) ? JSON.parse(readFileSync(optionsFile, "utf8")) : {},
    files,
  };
}
