import { fewestLines, MEGABYTE, mostBytes, nameEndsInJsonl } from "../rules/check-file.ts";
import { checkOutputsHaveAssistant } from "../rules/check-outputs.ts";
import { fileRule, lineRule, SOURCES_READ } from "../rules/rule.ts";
import * as sources from "../sources.ts";
import type { Target } from "./target.ts";

const LARGEST_FILE = 512 * MEGABYTE - 1;

/** Azure OpenAI in Microsoft Foundry. */
export const azure: Target = {
  id: "azure",
  title: "Azure OpenAI",
  lineRules: [lineRule("OUTPUT_NO_ASSISTANT", checkOutputsHaveAssistant, { source: sources.azureGuide })],
  fileRules: [
    fileRule("FILE_TOO_FEW_LINES", fewestLines(10), { source: sources.azureGuide }),
    fileRule("FILE_LARGE_UPLOAD", mostBytes(150 * MEGABYTE, "150 MB"), { source: sources.azureUploads }),
    fileRule("FILE_TOO_LARGE", mostBytes(LARGEST_FILE, "512 MB"), { source: sources.azureLimits }),
    fileRule("FILE_NAME_NOT_JSONL", nameEndsInJsonl, { source: sources.azureGuide }),
  ],
  largestFile: LARGEST_FILE,
  tolerates: ["OUTPUT_SEVERAL_MESSAGES", "OUTPUT_TOOL_MESSAGE"],
  notes: [
    {
      text: "The documentation asks for UTF-8 with a byte order mark; Microsoft's own sample has none, and its job succeeds. Both are taken as right, and dpo-kit writes none.",
      source: sources.azureSample,
      date: SOURCES_READ,
    },
    {
      text: "The portal takes files of up to 200 MB; a resource holds 100 training files and 1 GB in total. Tokens times epochs may be at most 2 billion. None of this can be told from one file.",
      source: sources.azureLimits,
      date: SOURCES_READ,
    },
    {
      text: "A job can be created only when the status of its file is processed.",
      source: sources.azureNotProcessed,
      date: SOURCES_READ,
    },
  ],
};
