/** Whose turn it is. */
export type TurnRole = "system" | "user" | "assistant";

/** One turn of a conversation that was written out as a text. */
export interface RenderedTurn {
  readonly role: TurnRole;
  readonly text: string;
}

/** A text that is a whole conversation, written out. */
export interface RenderedText {
  /** A transcript names speakers (`Human:`); a template is what a model's tokenizer makes of messages. */
  readonly kind: "transcript" | "template";
  readonly turns: readonly RenderedTurn[];
  /** Whether the text ends with the header of an answer, with nothing behind it. Then that is no turn. */
  readonly open: boolean;
  /** How many turns were joined to the turn of the same role before them. */
  readonly merged: number;
  /** Whether an instruction and its input became one turn. */
  readonly joinedInput?: boolean | undefined;
  /** What an answer to it may end with: the marks with which the template ends a turn. */
  readonly endMarks: readonly string[];
}

/** A template's turns, without the last if it is the empty answer that was to be written. */
export function renderedText(
  turns: readonly RenderedTurn[],
  details: Omit<RenderedText, "turns" | "open" | "merged"> & { merged?: number },
): RenderedText {
  const last = turns.at(-1);
  const open = last?.role === "assistant" && last.text === "";
  return { merged: 0, ...details, turns: open ? turns.slice(0, -1) : turns, open };
}
