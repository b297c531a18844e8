import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { signalNames } from "../src/index.ts";
import { convertFiles, realData, realFiles } from "./real-data.ts";

function listFiles(folder: string): string[] {
  const entries = readdirSync(join(realData!, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(realData!.length + 1))
    .sort();
}

describe.runIf(realData !== undefined)("every real file", () => {
  const files = realData === undefined ? [] : ["chat", "chat-samples"].flatMap(listFiles);

  it.each(files)("%s by itself is converted, or refused with a code", async (path) => {
    const converted = await convertFiles(realFiles([path]), { signals: signalNames }).catch(
      (error: unknown) => {
        expect(DataError.isInstance(error), String(error)).toBe(true);
      },
    );
    expect(converted === undefined || converted.outcomes.length > 0).toBe(true);
  });
});

describe.runIf(realData === undefined)("every real file", () => {
  it("is not at hand: set DPO_REAL_DATA to the folder that holds chat/ and chat-samples/", () => {
    expect(realData).toBeUndefined();
  });
});
