import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { readHubEnvironment } from "./hub-environment.ts";

test("the token comes from the environment before the file, and the file from where it is kept", async () => {
  const home = await temporaryFolder();
  await mkdir(join(home, ".cache", "huggingface"), { recursive: true });
  await writeFile(join(home, ".cache", "huggingface", "token"), "hf_home\n");
  await writeFile(join(home, "token"), "hf_moved\n");
  const tokenOf = async (environment: Record<string, string>) =>
    (await readHubEnvironment({ HOME: home, ...environment })).token;
  expect(await tokenOf({})).toBe("hf_home");
  expect(await tokenOf({ HF_HOME: home })).toBe("hf_moved");
  expect(await tokenOf({ HF_TOKEN_PATH: join(home, "token") })).toBe("hf_moved");
  expect(await tokenOf({ XDG_CACHE_HOME: join(home, "none") })).toBeUndefined();
  expect(await tokenOf({ HUGGING_FACE_HUB_TOKEN: "hf_old" })).toBe("hf_old");
  expect(await tokenOf({ HF_TOKEN: "hf_new", HUGGING_FACE_HUB_TOKEN: "hf_old" })).toBe("hf_new");
  expect(await tokenOf({ HF_TOKEN: " " })).toBe("hf_home");
});

test("the endpoint is that of HF_ENDPOINT", async () => {
  const HF_HOME = await temporaryFolder();
  expect(await readHubEnvironment({ HF_HOME, HF_ENDPOINT: "https://hub.example.com" })).toEqual({
    endpoint: "https://hub.example.com",
  });
  expect(await readHubEnvironment({ HF_HOME })).toEqual({});
});
