/** Where the rules come from. Kept in one place, so that a moved page is mended once. */

export const openaiGuide = "https://developers.openai.com/api/docs/guides/direct-preference-optimization";
export const openaiSchema = "https://github.com/openai/openai-openapi/pull/465";
export const openaiChatSchema = "https://github.com/openai/openai-openapi";
export const openaiFiles = "https://github.com/openai/openai-node/blob/master/src/resources/files.ts";
export const openaiUploads =
  "https://github.com/openai/openai-node/blob/master/src/resources/uploads/uploads.ts";
export const openaiMinimum = "https://github.com/openai-php/client/issues/107";
export const openaiExtraKey = "https://community.openai.com/t/966285";
export const openaiArrayRefused = "https://github.com/OkGoDoIt/OpenAI-API-dotnet/issues/59";
export const openaiReservedToken = "https://github.com/johny-b/llmcomp/issues/59";
export const openaiSpecialTokens =
  "https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py";
export const azureGuide =
  "https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-direct-preference-optimization";
export const azureLimits = "https://learn.microsoft.com/azure/ai-foundry/openai/quotas-limits";
export const azureSample = "https://github.com/microsoft-foundry/fine-tuning";
export const azureUploads =
  "https://github.com/microsoft/azure-skills/blob/main/skills/microsoft-foundry/finetuning/references/large-file-uploads.md";
export const togetherCheck =
  "https://github.com/togethercomputer/together-python/blob/eba5e5f/src/together/utils/files.py";
export const fireworksGuide = "https://docs.fireworks.ai/fine-tuning/dpo-fine-tuning";
export const fireworksCheck =
  "https://github.com/fw-ai/cookbook/blob/76821fa/skills/fireworks-training/references/choose-method.md";
export const fireworksLoader = "https://github.com/fw-ai/cookbook/blob/76821fa/training/utils/data.py";
export const jsonLines = "https://jsonlines.org/";
export const unicodeSurrogates = "https://www.unicode.org/faq/utf_bom.html#utf8-4";
export const openaiSupervisedGuide = "https://developers.openai.com/api/docs/guides/supervised-fine-tuning";
export const openaiFunctionCalling = "https://developers.openai.com/api/docs/guides/function-calling";
export const trlFormats = "https://huggingface.co/docs/trl/dataset_formats";
export const identicalAnswers = "https://github.com/PKU-Alignment/beavertails/issues/4";
export const openaiTruncation = "https://github.com/openai/openai-cookbook/pull/1413";
export const openaiDeprecations = "https://developers.openai.com/api/docs/deprecations";
export const openaiModeration = "https://community.openai.com/t/1112402";
export const azureNotProcessed = "https://learn.microsoft.com/answers/questions/2118156";
export const togetherSkills = "https://github.com/togethercomputer/skills";
export const togetherGuide = "https://docs.together.ai/docs/fine-tuning/preference-tuning";
export const fireworksUploads = "https://docs.fireworks.ai/api-reference/upload-dataset-files";
