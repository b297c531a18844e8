import { foldText } from "@dpo-kit/batch";

/** How people begin when they are not content with an answer; compared after folding case and white space. */
const openings: readonly string[] = [
  "no,",
  "no.",
  "no that",
  "nope",
  "wrong",
  "incorrect",
  "not what i",
  "not correct",
  "that's not",
  "thats not",
  "that is not",
  "that's wrong",
  "thats wrong",
  "that is wrong",
  "that's incorrect",
  "this is wrong",
  "this is not",
  "you're wrong",
  "you are wrong",
  "you didn't",
  "you did not",
  "try again",
  "do it again",
  "redo",
  "regenerate",
  "doesn't work",
  "does not work",
  "it doesn't work",
  "still wrong",
  "still not",
];

/**
 * Whether a message that follows an answer speaks against it: it says so in its first words, or asks the same once
 * more. Then going on is no sign that the answer was good.
 */
export function speaksAgainst(message: string, prompt: string): boolean {
  const folded = foldText(message).replaceAll("’", "'");
  return folded === "no" || folded === foldText(prompt) || openings.some((words) => folded.startsWith(words));
}
