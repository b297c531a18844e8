/** Who judged. What a model judged makes pairs only with the signal `judge`. */
export type JudgedBy = "human" | "model";

/** What all judgements may say. Turns are named by the id of any message in them; best by the last one's. */
interface JudgementBase {
  /** Default `human`. */
  readonly by?: JudgedBy | undefined;
  /**
   * The id of the last message of the input, where that is not the user's message before the turn, such as the
   * result of a tool. Default: the user's message that the turns follow.
   */
  readonly after?: string | undefined;
}

/** One of two answers was chosen over the other. Several votes on the same two are settled by strict majority. */
export interface Vote extends JudgementBase {
  readonly kind: "vote";
  readonly winner: string;
  readonly loser: string;
  /** Where the winner was shown, for the provenance: people favour one side. */
  readonly placement?: string | undefined;
}

/** Somebody was asked and preferred none: a tie, a skip, both bad. Counted, never a pair. */
export interface NoPreference extends JudgementBase {
  readonly kind: "none";
  /** A short stable reason: `tie`, `skip`, `both-bad`. */
  readonly reason: string;
}

/** One annotator's order of several answers. One judgement for each annotator; they are settled by majority. */
export interface Ranking extends JudgementBase {
  readonly kind: "rank";
  /** A lower rank is better; equal ranks are ties. */
  readonly items: readonly { readonly turn: string; readonly rank: number }[];
  /** Which of several sets of answers to one message was ranked, such as a bucket. Each is settled by itself. */
  readonly set?: string | undefined;
}

/** Thumbs up or down. Of several by one person on one answer, give the last one. */
export interface Thumb extends JudgementBase {
  readonly kind: "thumb";
  readonly turn: string;
  readonly up: boolean;
  /**
   * Whether the answers were given to equal prompts in conversations that are not known to be equal. Such thumbs
   * make pairs only with the signal `thumbs-unknown-context`. Default: false.
   */
  readonly contextUnknown?: boolean | undefined;
}

/** A number given to an answer. Compared only with scores of the same name and scale by the same kind of judge. */
export interface Score extends JudgementBase {
  readonly kind: "score";
  readonly turn: string;
  readonly name: string;
  readonly value: number;
  /** The ends of the scale, where they are known. Default: 0 to 1 if all values lie in it, else what is observed. */
  readonly scale?: readonly [from: number, to: number] | undefined;
}

/** Somebody rewrote an answer. The text of the other version is in the judgement, not in the tree. */
export interface Edit extends JudgementBase {
  readonly kind: "edit";
  /** The version that is in the tree. */
  readonly turn: string;
  /** The other version. */
  readonly text: string;
  /** Which version `text` is. */
  readonly textIs: "edited" | "original";
  /** A field made for corrections (R7, default), or an edit in the chat, which may be meant to steer it (R7b). */
  readonly where?: "correction" | "chat" | undefined;
}

/**
 * What is known of which answer is better. That one of several answers was kept by going on is not a judgement of
 * the format's: it is read off the tree.
 */
export type Judgement = Vote | NoPreference | Ranking | Thumb | Score | Edit;
