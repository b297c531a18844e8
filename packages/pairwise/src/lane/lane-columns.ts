import type { ClaimedShape } from "../pairwise-detection.ts";
import { columnOf } from "../shape.ts";

/** The columns of rows of plain texts; undefined: there is no such column. */
export interface LaneColumns {
  /** Whether the answers are texts, or lists of messages that begin with the prompt. */
  readonly layout: "texts" | "conversations";
  /** The prompt of texts, or what repeats it beside conversations. */
  readonly prompt: string | undefined;
  readonly preferred: string | undefined;
  readonly nonPreferred: string | undefined;
  readonly preferredScore: string | undefined;
  readonly nonPreferredScore: string | undefined;
}

/** What the columns of a claim may be for the lane: whatever else a claim has needs a closer look. */
const knownRoles: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["prompt-and-answers", new Set(["prompt", "preferred", "non_preferred"])],
  ["conversations", new Set(["preferred", "non_preferred", "repeated prompt"])],
]);
const scoreRoles: ReadonlySet<string> = new Set(["preferred score", "non_preferred score", "other prompt"]);

/** The columns of a claim that the lane can read; undefined where its rows must all be looked at more closely. */
export function laneColumnsOf(claim: ClaimedShape): LaneColumns | undefined {
  const known = knownRoles.get(claim.id);
  const isKnown = claim.mapping.every(({ role }) => known?.has(role) || scoreRoles.has(role));
  if (known === undefined || !isKnown || claim.needsFlag !== undefined) {
    return undefined;
  }
  const layout = claim.id === "conversations" ? "conversations" : "texts";
  return {
    layout,
    prompt: columnOf(claim, layout === "conversations" ? "repeated prompt" : "prompt"),
    preferred: columnOf(claim, "preferred"),
    nonPreferred: columnOf(claim, "non_preferred"),
    preferredScore: columnOf(claim, "preferred score"),
    nonPreferredScore: columnOf(claim, "non_preferred score"),
  };
}
