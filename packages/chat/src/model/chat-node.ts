/** A piece of a message: what was said, what was only thought, or what is no text. */
export type ChatPart =
  | { readonly kind: "text"; readonly text: string }
  /** Reasoning that stands before the answer. It is no part of the answer unless it is asked for. */
  | { readonly kind: "reasoning"; readonly text: string }
  /** Something that is no text; `what` names it in a marker: `image`, `audio`, `video`, `file`. */
  | { readonly kind: "media"; readonly what: string };

/** A call of a function, as the source gives it. */
export interface ChatCall {
  /** Missing where the source has none. */
  readonly id?: string | undefined;
  readonly name: string;
  /** Most often a JSON text; anything else is carried as `{"input": …}`. */
  readonly arguments: string;
}

/**
 * Whether a message was finished: `partial` was stopped, cut off or is still being written, `error` is what an
 * interface shows in place of an answer, `unknown` is not said.
 */
export type NodeStatus = "done" | "partial" | "error" | "unknown";

/** What a format tells of one message. */
export interface ChatNodeInput {
  readonly id: string;
  /** The message before it. Null, missing or unknown: it begins a conversation. */
  readonly parent?: string | null | undefined;
  /** `system` is any hidden input: instructions, memory, retrieved text. Only what a person wrote is `user`. */
  readonly role: "system" | "user" | "assistant" | "tool";
  /** Empty text for a message that only calls tools, and for the empty root of a tree. */
  readonly content: string | readonly ChatPart[];
  readonly toolCalls?: readonly ChatCall[] | undefined;
  /** Of a tool's message: the call it answers. Default: the oldest open one. */
  readonly toolCallId?: string | undefined;
  /** Default `unknown`. */
  readonly status?: NodeStatus | undefined;
  readonly model?: string | undefined;
  /** Whether it was made side by side with its siblings, for the user to choose among. Default: false. */
  readonly parallel?: boolean | undefined;
  /** Whether a person rewrote it, so that it says nothing of the model's other tries. Default: false. */
  readonly edited?: boolean | undefined;
}

/** A message without its place in the tree. */
export type MessageNode = Omit<ChatNodeInput, "parent">;

/** A message in the tree. */
export interface ChatNode extends ChatNodeInput {
  readonly parent: string | null;
  /** In the order of the source. */
  readonly children: readonly string[];
}

/** The text of a node, without reasoning and media. */
export function nodeText({ content }: Pick<ChatNode, "content">): string {
  return typeof content === "string"
    ? content
    : content.map((part) => (part.kind === "text" ? part.text : "")).join("");
}
