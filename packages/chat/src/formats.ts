import type { BareFormat, ChatFormat } from "./chat-format.ts";
import { agnai } from "./formats/agnai.ts";
import { anythingLlm } from "./formats/anythingllm.ts";
import { anythingLlmLines } from "./formats/anythingllm-lines.ts";
import { argilla } from "./formats/argilla.ts";
import { betterChatgpt } from "./formats/better-chatgpt.ts";
import { braintrust } from "./formats/braintrust.ts";
import { characterAi } from "./formats/character-ai.ts";
import { chatbotUi } from "./formats/chatbot-ui.ts";
import { chatgpt } from "./formats/chatgpt.ts";
import { claude } from "./formats/claude.ts";
import { deepseek } from "./formats/deepseek.ts";
import { dify } from "./formats/dify.ts";
import { discord } from "./formats/discord.ts";
import { fastchat } from "./formats/fastchat.ts";
import { flowise } from "./formats/flowise.ts";
import { gemini } from "./formats/gemini.ts";
import { gpt4all } from "./formats/gpt4all.ts";
import { grok } from "./formats/grok.ts";
import { helicone } from "./formats/helicone.ts";
import { huggingchat } from "./formats/huggingchat.ts";
import { intercom } from "./formats/intercom.ts";
import { jan } from "./formats/jan.ts";
import { koboldAi } from "./formats/kobold-ai.ts";
import { labelStudio } from "./formats/label-studio.ts";
import { labelbox } from "./formats/labelbox.ts";
import { langfuse } from "./formats/langfuse.ts";
import { langsmith } from "./formats/langsmith.ts";
import { librechat } from "./formats/librechat.ts";
import { litellm } from "./formats/litellm.ts";
import { lmStudio } from "./formats/lm-studio.ts";
import { lmsysChat1m } from "./formats/lmsys-chat-1m.ts";
import { lobeChat } from "./formats/lobe-chat.ts";
import { openAssistant } from "./formats/open-assistant.ts";
import { openWebui } from "./formats/open-webui.ts";
import { openaiMessages } from "./formats/openai-messages.ts";
import { openaiStoredCompletions } from "./formats/openai-stored-completions.ts";
import { opentelemetry } from "./formats/opentelemetry.ts";
import { phoenix } from "./formats/phoenix.ts";
import { portkey } from "./formats/portkey.ts";
import { prodigy } from "./formats/prodigy.ts";
import { sharegpt } from "./formats/sharegpt.ts";
import { sillytavern } from "./formats/sillytavern.ts";
import { slack } from "./formats/slack.ts";
import { textGenerationWebui } from "./formats/text-generation-webui.ts";
import { typingMind } from "./formats/typing-mind.ts";
import { vercelUiMessages } from "./formats/vercel-ui-messages.ts";
import { wildchat } from "./formats/wildchat.ts";
import { zendesk } from "./formats/zendesk.ts";

/**
 * Every format, in the order in which they are tried: the first that recognises a file takes it. Narrow tests come
 * before wide ones; a new format goes before the first one whose test its files would pass too.
 */
export const chatFormats: readonly (ChatFormat | BareFormat)[] = [
  deepseek,
  chatgpt,
  claude,
  openWebui,
  librechat,
  grok,
  textGenerationWebui,
  lmStudio,
  sillytavern,
  characterAi,
  agnai,
  huggingchat,
  openAssistant,
  fastchat,
  labelStudio,
  argilla,
  labelbox,
  prodigy,
  gpt4all,
  anythingLlm,
  anythingLlmLines,
  dify,
  langsmith,
  langfuse,
  phoenix,
  opentelemetry,
  braintrust,
  helicone,
  portkey,
  chatbotUi,
  betterChatgpt,
  typingMind,
  lobeChat,
  koboldAi,
  jan,
  flowise,
  litellm,
  openaiStoredCompletions,
  gemini,
  slack,
  discord,
  intercom,
  zendesk,
  lmsysChat1m,
  wildchat,
  vercelUiMessages,
  sharegpt,
  openaiMessages,
];
