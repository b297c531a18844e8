import type { PairwiseShape } from "./shape.ts";
import { bestAndLosers } from "./shapes/best-and-losers.ts";
import { candidateList } from "./shapes/candidate-list.ts";
import { canonical } from "./shapes/canonical.ts";
import { chosenRejectedLists } from "./shapes/chosen-rejected-lists.ts";
import { conversations } from "./shapes/conversations.ts";
import { listAndChoice } from "./shapes/list-and-choice.ts";
import { longFormat } from "./shapes/long-format.ts";
import { messagesAndRejected } from "./shapes/messages-and-rejected.ts";
import { nemoRl } from "./shapes/nemo-rl.ts";
import { noPreferences } from "./shapes/no-preferences.ts";
import { nova } from "./shapes/nova.ts";
import { oasstFlat } from "./shapes/oasst-flat.ts";
import { oasstTree } from "./shapes/oasst-tree.ts";
import { parallelLists } from "./shapes/parallel-lists.ts";
import { promptAndAnswers } from "./shapes/prompt-and-answers.ts";
import { scoredTurns } from "./shapes/scored-turns.ts";
import { textsWithoutPrompt } from "./shapes/texts-without-prompt.ts";
import { transcripts } from "./shapes/transcripts.ts";
import { twoCandidates } from "./shapes/two-candidates.ts";
import { twoConversations } from "./shapes/two-conversations.ts";
import { twoTurnLists } from "./shapes/two-turn-lists.ts";
import { unpaired } from "./shapes/unpaired.ts";
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
  twoConversations,
  twoTurnLists,
  twoCandidates,
  // Several candidates in one row.
  chosenRejectedLists,
  bestAndLosers,
  candidateList,
  parallelLists,
  listAndChoice,
  scoredTurns,
  // Trees of messages.
  oasstTree,
  oasstFlat,
  // One candidate a row.
  unpaired,
  longFormat,
  // No preferences.
  noPreferences,
];
