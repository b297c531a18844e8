import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder, withFineTuningServer } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { createFineTuningProvider, emptyTuneState, type TuneState } from "../src/index.ts";
import { createFileStateStore, openTrainingFile, readProviderEnvironment } from "../src/node.ts";
import { preferenceLines } from "./training-files.ts";

describe("the state file", () => {
  const state: TuneState = {
    ...emptyTuneState,
    files: [
      {
        endpoint: "e",
        name: "n",
        bytes: 1,
        sha256: "s",
        partial: { id: "u", partBytes: 2, parts: { 0: "p" } },
      },
    ],
    jobs: [{ provider: "openai", endpoint: "e", method: "dpo", model: "m", options: "o", key: "k", id: "j" }],
  };

  test("is empty where there is none, and is read back as it was written", async () => {
    const folder = await temporaryFolder();
    const store = createFileStateStore(join(folder, "train.tune.json"));
    expect(await store.read()).toEqual(emptyTuneState);
    await store.write(state);
    expect(await store.read()).toEqual(state);
    expect(await readdir(folder)).toEqual(["train.tune.json"]);
  });

  test.each([
    "",
    "{",
    "[]",
    "{}",
    JSON.stringify({ ...state, schema: "other" }),
    JSON.stringify({ ...state, jobs: [{}] }),
    JSON.stringify({ ...state, files: [{ ...state.files[0], partial: { id: 1 } }] }),
    JSON.stringify({
      ...state,
      files: [{ ...state.files[0], partial: { id: "u", partBytes: 0, parts: {} } }],
    }),
  ])("is refused where it is not one: %s", async (text) => {
    const path = join(await temporaryFolder(), "state.json");
    await writeFile(path, text);
    await expect(createFileStateStore(path).read()).rejects.toMatchObject({ code: "TUNE_STATE_INVALID" });
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test("that cannot be written is said to be so", async () => {
    const store = createFileStateStore(join(await temporaryFolder(), "missing", "state.json"));
    await expect(store.write(state)).rejects.toMatchObject({ code: "IO_WRITE_FAILED" });
  });
});

test("a file is hashed and its lines are counted", async () => {
  const path = join(await temporaryFolder(), "train.jsonl");
  const text = "{}\n\n{}\n{}";
  await writeFile(path, text);
  const file = await openTrainingFile(path);
  expect(file).toMatchObject({ name: "train.jsonl", bytes: text.length, examples: 3 });
  expect(file.sha256).toBe(createHash("sha256").update(text).digest("hex"));
  expect(file.md5).toBe(createHash("md5").update(text).digest("hex"));
  expect(await file.content.text()).toBe(text);
  await expect(openTrainingFile(`${path}.gone`)).rejects.toMatchObject({ code: "IO_UNREADABLE" });
});

test.each<"openai" | "together" | "fireworks">(["openai", "together", "fireworks"])(
  "%s: a file that changed since it was opened is not sent, and not tried again",
  (provider) =>
    withFineTuningServer({ provider }, async (server) => {
      const path = join(await temporaryFolder(), "train.jsonl");
      await writeFile(path, preferenceLines(12));
      const file = await openTrainingFile(path);
      await writeFile(path, preferenceLines(13));
      const waits: number[] = [];
      const { uploadFile } = await createFineTuningProvider(provider, {
        key: server.apiKey,
        baseUrl: server.baseUrl,
        account: "loopback",
        sleep: async (milliseconds) => {
          waits.push(milliseconds);
        },
      });
      await expect(uploadFile(file, { before: false })).rejects.toMatchObject({
        code: "IO_UNREADABLE",
        message: expect.stringContaining("has changed"),
      });
      expect(waits).toEqual([]);
      expect(server.files).toEqual([]);
    }),
);

test("keys come from the environment", () => {
  expect(readProviderEnvironment("openai", { OPENAI_API_KEY: " sk \n" })).toEqual({ key: "sk" });
  expect(readProviderEnvironment("fireworks", { FIREWORKS_API_KEY: "f", FIREWORKS_ACCOUNT_ID: "a" })).toEqual(
    {
      key: "f",
      account: "a",
    },
  );
  const azure = {
    AZURE_OPENAI_API_KEY: "a",
    AZURE_OPENAI_ENDPOINT: "https://r.openai.azure.com",
    AZURE_OPENAI_API_VERSION: "2025-04-01-preview",
  };
  expect(readProviderEnvironment("azure", azure)).toEqual({
    key: "a",
    baseUrl: "https://r.openai.azure.com",
    apiVersion: "2025-04-01-preview",
  });
  expect(() => readProviderEnvironment("together", { OPENAI_API_KEY: "sk" })).toThrow("TOGETHER_API_KEY");
});
