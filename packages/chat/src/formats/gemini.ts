import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";

/** Prompts of Google AI Studio, and the activity of Gemini in Google Takeout. */
export const gemini: BareFormat = {
  id: "gemini",
  title: "a Gemini export",
  reason: "each prompt has one answer, and ratings are not exported.",
  advice:
    "Chat in Open WebUI instead, which keeps the answers that were made again and their ratings, and convert its export.",
  detect: ({ values }) => values.some((value) => isPrompt(value) || isActivity(value)),
};

/** A prompt of AI Studio, as it lies in Google Drive. */
function isPrompt({ chunkedPrompt }: JsonObject): boolean {
  return isObject(chunkedPrompt) && Array.isArray(chunkedPrompt.chunks);
}

function isActivity({ header, products, time }: JsonObject): boolean {
  const isOfGemini =
    Array.isArray(products) && products.some((product) => String(product).startsWith("Gemini"));
  return isOfGemini && typeof header === "string" && typeof time === "string";
}
