import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { afterAll, describe, expect, it } from "vitest";
import { type ChatFile, detectChat, sampleChatFile, signalNames } from "../src/index.ts";
import { convertFiles, readTable, realData, realFiles } from "./real-data.ts";

function listFiles(folder: string): string[] {
  const entries = readdirSync(join(realData!, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(realData!, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** Where a file of the list of sources lies. */
function pathOf({ repo, path }: Record<string, string>): string {
  return path!.startsWith("_skeletons/") ? `chat/${path}` : `chat/${repo!.replace("/", "+")}/${path}`;
}

async function formatOf(file: ChatFile): Promise<string> {
  const { formats } = detectChat([await sampleChatFile(file)]);
  return formats[0]?.id ?? "-";
}

/** How a conversion ended, in one line: the pairs, and how often each reason was given; or the code of a refusal. */
async function endOf(file: ChatFile): Promise<string> {
  try {
    const { outcomes, pairs } = await convertFiles([file], { signals: signalNames });
    expect(outcomes.length).toBeGreaterThan(0);
    const reasons = new Map<string, number>();
    for (const outcome of outcomes) {
      const reason =
        outcome.kind === "skipped"
          ? outcome.reason
          : outcome.kind === "rejected"
            ? outcome.issues[0]!.code
            : "";
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    reasons.delete("");
    return [`${pairs.length} pairs`, ...[...reasons].map(([reason, times]) => `${times} ${reason}`)].join(
      ", ",
    );
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    return error.code;
  }
}

describe.runIf(realData !== undefined)("every real file", () => {
  const files = realData === undefined ? [] : ["chat", "chat-samples"].flatMap(listFiles);
  const table = new Map<string, string>();

  it.each(files)("%s by itself is converted, or refused with a code", async (path) => {
    const [file] = realFiles([path]);
    table.set(path, `${(await formatOf(file!)).padEnd(26)} ${await endOf(file!)}`);
  });

  it("of the list of sources is among them", () => {
    const sources = readTable("chat/SOURCES.tsv").map(pathOf);
    expect(sources.filter((path) => !files.includes(path))).toEqual([]);
  });

  afterAll(() => {
    process.stdout.write([...table].map(([path, told]) => `${told}  ${path}\n`).join(""));
  });
});

if (realData === undefined) {
  it.skip("every real file: is not at hand: set DPO_REAL_DATA to the folder that holds chat/ and chat-samples/", () => {});
}
