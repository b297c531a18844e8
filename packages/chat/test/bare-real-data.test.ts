import { readFileSync } from "node:fs";
import { join } from "node:path";
import { randomAccess, readZip } from "@dpo-kit/io";
import { describe, expect, it } from "vitest";
import { type ChatFile, detectChat, sampleChatFile } from "../src/index.ts";
import { convertFiles, realData, realFiles } from "./real-data.ts";

const facts = [
  { path: "chat/lm-sys+FastChat/data/dummy_conversation.json", title: "a ShareGPT file" },
  {
    path: "chat/lotblocks+DumeeApp/api/server/utils/import/__data__/chatbotui-export.json",
    title: "a Chatbot UI export",
  },
  ...[
    ["koboldai.json", "a KoboldAI story"],
    ["flowise.messages.json", "an export of Flowise"],
    ["lobechat.json", "a LobeChat export"],
    ["chatbot-ui.json", "a Chatbot UI export"],
    ["betterchatgpt.json", "a BetterChatGPT export"],
    ["jan.messages.jsonl", "a thread of Jan"],
    ["sharegpt.json", "a ShareGPT file"],
    ["openai.messages.jsonl", "a file of OpenAI messages"],
    ["lmsys-chat-1m.jsonl", "a file of LMSYS-Chat-1M"],
    ["uimessage.json", "a file of messages of Vercel's AI SDK"],
    ["litellm.jsonl", "a log of LiteLLM"],
    ["openai.stored_completions.json", "a list of stored completions of OpenAI"],
    ["slack.day.json", "a Slack export"],
    ["discord.json", "a Discord export"],
    ["intercom.json", "an Intercom export"],
    ["grok.json", "a Grok export"],
  ].map(([name, title]) => ({ path: `chat-samples/${name}`, title: title! })),
];

/** The files in the ZIP that Slack hands out. */
async function slackFiles(): Promise<ChatFile[]> {
  const path = join(realData!, "chat/hfaran+slack-export-viewer/tests/testarchive.zip");
  return readZip(randomAccess(readFileSync(path)));
}

describe.runIf(realData !== undefined)("real files without preferences", () => {
  it.each(facts)("$path is $title, and refused with something to do", async ({ path, title }) => {
    await expect(convertFiles(realFiles([path]))).rejects.toMatchObject({
      code: "CHAT_NO_PREFERENCES",
      message: expect.stringContaining(`${title} holds no preferences: `),
      hint: expect.stringMatching(/\w\.$/u),
    });
  });

  it("a ZIP of Slack is refused as a whole", async () => {
    const samples = await Promise.all((await slackFiles()).map((file) => sampleChatFile(file)));
    expect(detectChat(samples)).toMatchObject({ formats: [{ id: "slack" }], unknown: [] });
    await expect(convertFiles(await slackFiles())).rejects.toMatchObject({
      code: "CHAT_NO_PREFERENCES",
      message: expect.stringContaining("a Slack export"),
    });
  });
});

if (realData === undefined) {
  it.skip("real files without preferences: are not at hand: set DPO_REAL_DATA to the folder that holds chat/ and chat-samples/", () => {});
}
