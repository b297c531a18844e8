import type { PairwiseShape } from "./shape.ts";
import { canonical } from "./shapes/canonical.ts";
import { conversations } from "./shapes/conversations.ts";
import { messagesAndRejected } from "./shapes/messages-and-rejected.ts";
import { nemoRl } from "./shapes/nemo-rl.ts";
import { noPreferences } from "./shapes/no-preferences.ts";
import { nova } from "./shapes/nova.ts";
import { promptAndAnswers } from "./shapes/prompt-and-answers.ts";
import { textsWithoutPrompt } from "./shapes/texts-without-prompt.ts";
import { transcripts } from "./shapes/transcripts.ts";
import { vertex } from "./shapes/vertex.ts";

/**
 * Every shape, in the order in which they are asked: the first that claims the rows has them, so what is explicit
 * stands before what is generic. A new shape is one file, one fixture folder and one line here.
 */
export const shapes: readonly PairwiseShape[] = [
  // Canonical lines, and the preference lines of training services and libraries.
  canonical,
  vertex,
  nova,
  nemoRl,
  messagesAndRejected,
  // A named better and worse answer.
  conversations,
  transcripts,
  promptAndAnswers,
  textsWithoutPrompt,
  // Two candidates and a verdict.
  // Several candidates in one row.
  // Trees of messages.
  // One candidate a row.
  // No preferences.
  noPreferences,
];
