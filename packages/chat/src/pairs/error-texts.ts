/**
 * What interfaces show in place of an answer that failed.
 * https://github.com/lm-sys/FastChat/blob/main/fastchat/constants.py
 */
const errorTexts: readonly string[] = [
  "NETWORK ERROR DUE TO HIGH TRAFFIC",
  "$MODERATION$",
  "YOUR INPUT VIOLATES OUR CONTENT MODERATION GUIDELINES",
  "API REQUEST ERROR",
  "THIS CONVERSATION HAS REACHED THE MAXIMUM LENGTH",
  "YOU HAVE REACHED THE CONVERSATION LENGTH LIMIT",
];

/** Whether a text is an error message of an interface, or ends with the cursor of one that was still writing. */
export function isErrorText(text: string): boolean {
  const trimmed = text.replace(/^[\s*]+/u, "");
  return text.endsWith("▌") || errorTexts.some((error) => trimmed.startsWith(error));
}
