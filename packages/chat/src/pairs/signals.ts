import { DataError } from "@dpo-kit/schema";

/**
 * The signals that make pairs, the most trusted first. Where several touch the same two answers, the first decides:
 * a lower one that agrees is a repeat, one that disagrees is dropped.
 */
export const signals = {
  vote: "one answer was chosen over another",
  rank: "annotators put answers in order",
  thumbs: "one answer has a thumb up, another to the same message a thumb down",
  correction: "somebody wrote a better version into a field made for that",
  score: "people gave answers different scores",
  edit: "an answer was edited in the chat",
  "thumbs-one-sided": "one answer has a thumb, another to the same message has none",
  parallel: "several models answered side by side, and the user went on from one of them",
  kept: "an answer was made again, and the user went on from one of the tries",
  swipe: "one of several alternatives is selected, and the user went on from it",
  judge: "a model, not a person, judged",
  "thumbs-unknown-context": "thumbs up and down on answers to equal prompts; what came before is not known",
} as const;

/** A signal by its name, as `--signals` takes it. */
export type Signal = keyof typeof signals;

/** The names of the signals, the most trusted first. */
export const signalNames: readonly Signal[] = Object.keys(signals) as Signal[];

/** What people said on purpose of one answer against another, or of each of them. */
export const defaultSignals: readonly Signal[] = ["vote", "rank", "thumbs", "correction", "score"];

/**
 * The signals that a text names: `default`, `all`, or a list such as `vote,kept`; names and `default` may be mixed.
 * @throws RUN_OPTION_INVALID
 */
export function parseSignals(text: string): readonly Signal[] {
  const chosen = new Set<Signal>();
  for (const name of text.split(",").map((each) => each.trim())) {
    for (const signal of signalsNamed(name)) {
      chosen.add(signal);
    }
  }
  return signalNames.filter((signal) => chosen.has(signal));
}

function signalsNamed(name: string): readonly Signal[] {
  if (name === "default") {
    return defaultSignals;
  }
  if (name === "all") {
    return signalNames;
  }
  const known = signalNames.find((signal) => signal === name);
  if (known === undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `There is no signal called ${JSON.stringify(name)}`,
      hint: `Use default, all, or some of: ${signalNames.join(", ")}`,
    });
  }
  return [known];
}
