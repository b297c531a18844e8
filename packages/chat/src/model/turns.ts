import type { ChatNode } from "./chat-node.ts";
import type { Conversation } from "./conversation.ts";

/** An answer: the messages from below a user's message down to the next one, or to the end. */
export interface Turn {
  /** The id of its last message, which tells it from every other turn. */
  readonly end: string;
  /** The user's message that it answers; null: a greeting, which answers nobody. */
  readonly base: string | null;
  /** The user's messages that follow it. */
  readonly followedBy: readonly string[];
}

/** The turns of a conversation. */
export class TurnTree {
  readonly conversation: Conversation;
  readonly #turns = new Map<string, Turn>();
  readonly #byBase = new Map<string | null, Turn[]>();
  readonly #bases = new Map<string, string | null>();
  /** Messages that are the assistant's, or come after one of its messages in the same turn. */
  readonly #answered = new Set<string>();

  constructor(conversation: Conversation) {
    this.conversation = conversation;
    this.#walk();
  }

  /** Parents before children, without recursion. */
  #walk(): void {
    const { nodes, roots } = this.conversation;
    const pending = [...roots].reverse();
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const node = nodes.get(id)!;
      const parent = node.parent === null ? undefined : nodes.get(node.parent);
      this.#bases.set(id, parent?.role === "user" ? parent.id : (this.#bases.get(node.parent ?? "") ?? null));
      if (node.role === "assistant" || (node.role !== "user" && this.#answered.has(node.parent ?? ""))) {
        this.#answered.add(id);
      }
      this.#addTurn(node);
      for (let at = node.children.length - 1; at >= 0; at -= 1) {
        pending.push(node.children[at]!);
      }
    }
  }

  #addTurn(node: ChatNode): void {
    const { nodes } = this.conversation;
    const followedBy = node.children.filter((child) => nodes.get(child)!.role === "user");
    const isEnd = node.children.length === 0 || followedBy.length > 0;
    if (!isEnd || !this.#answered.has(node.id)) {
      return;
    }
    const base = this.#bases.get(node.id) ?? null;
    const turn = { end: node.id, base, followedBy };
    this.#turns.set(node.id, turn);
    const siblings = this.#byBase.get(base);
    if (siblings === undefined) {
      this.#byBase.set(base, [turn]);
    } else {
      siblings.push(turn);
    }
  }

  /** Every turn, parents before children. */
  all(): Iterable<Turn> {
    return this.#turns.values();
  }

  /** The turns that answer one message, by that message; greetings are left out. */
  *branches(): Generator<{ base: string; turns: readonly Turn[] }> {
    for (const [base, turns] of this.#byBase) {
      if (base !== null) {
        yield { base, turns };
      }
    }
  }

  /** The answers to one message. */
  of(base: string | null): readonly Turn[] {
    return this.#byBase.get(base) ?? [];
  }

  /**
   * The turn that a message is in. Where the turn parts below the message, the way to the active leaf is taken,
   * else the first one.
   */
  at(id: string): Turn | undefined {
    const { nodes } = this.conversation;
    let node = nodes.get(id);
    while (node !== undefined && node.role !== "user") {
      const turn = this.#turns.get(node.id);
      if (turn !== undefined) {
        return turn;
      }
      const ways: readonly string[] = node.children;
      node = nodes.get(ways.find((way) => this.#active.has(way)) ?? ways[0] ?? "");
    }
    return undefined;
  }

  /** The messages from the beginning down to one, it included. */
  path(to: string | null): ChatNode[] {
    return [...this.#upwards(to, () => false)].reverse();
  }

  /** The messages of a turn, in order, below `after` or else below the user's message. */
  messages(turn: Turn, after?: string): ChatNode[] {
    return [...this.#upwards(turn.end, (node) => node.id === (after ?? turn.base))].reverse();
  }

  *#upwards(from: string | null, isDone: (node: ChatNode) => boolean): Generator<ChatNode> {
    const { nodes } = this.conversation;
    let node = from === null ? undefined : nodes.get(from);
    while (node !== undefined && !isDone(node)) {
      yield node;
      node = node.parent === null ? undefined : nodes.get(node.parent);
    }
  }

  #knownActive: ReadonlySet<string> | undefined;

  get #active(): ReadonlySet<string> {
    const { activeLeaf } = this.conversation;
    this.#knownActive ??= new Set(this.path(activeLeaf ?? null).map(({ id }) => id));
    return this.#knownActive;
  }
}
