import { createRandom, type Random } from "@dpo-kit/testkit/random";
import { createVocabulary } from "../generate/vocabulary.ts";
import { createSentences, type Sentences } from "./sentences.ts";

/** What to generate. */
export interface GenerateExportOptions {
  /** The most bytes of `conversations.json`; it ends with the last conversation that fits. */
  readonly bytes: number;
  /** Default 1. */
  readonly seed?: number;
}

/** A piece of one file of the export. All pieces of a file, one behind the other, are the file. */
export interface ExportPiece {
  readonly file: ExportFile;
  readonly text: string;
}

/** The files of an export. */
export type ExportFile = "conversations.json" | "message_feedback.json" | "model_comparisons.json";

/** How often a user asks in one conversation, at most. */
const MOST_QUESTIONS = 12;
/** The shares of answers that were made again, and of those that were judged. */
const AGAIN = 0.12;
const COMPARED = 0.3;
const THUMBED = 0.15;

/**
 * A ChatGPT export in pieces of one conversation, ASCII only, the same for the same seed. Its layout is that of
 * `conversations.json` since the end of 2024. One answer in eight was made again; three in ten of those were
 * compared, and some got a thumb; one answer in seven has a thumb alone.
 */
export function* generateExport({ bytes, seed = 1 }: GenerateExportOptions): Generator<ExportPiece> {
  const random = createRandom(seed);
  const writer = new ExportWriter(random, createSentences(createVocabulary(random), random));
  const separators = new Map<ExportFile, string>();
  let left = bytes - 2;
  for (;;) {
    const pieces = writer.conversation();
    left -= pieces[0]!.text.length + 2;
    if (left < 0) {
      break;
    }
    for (const { file, text } of pieces) {
      yield { file, text: `${separators.get(file) ?? "["}${text}` };
      separators.set(file, ", ");
    }
  }
  for (const file of ["conversations.json", "message_feedback.json", "model_comparisons.json"] as const) {
    yield { file, text: separators.has(file) ? "]" : "[]" };
  }
}

/** A message, and where it hangs. */
interface GeneratedNode {
  readonly id: string;
  readonly parent: string | null;
  readonly message: string;
  readonly children: string[];
}

class ExportWriter {
  readonly #random: Random;
  readonly #sentences: Sentences;
  #time = 1_700_000_000;

  constructor(random: Random, sentences: Sentences) {
    this.#random = random;
    this.#sentences = sentences;
  }

  /** A conversation, and what was said of its answers. */
  conversation(): ExportPiece[] {
    const id = this.#id();
    const root: GeneratedNode = { id: this.#id(), parent: null, message: "null", children: [] };
    const nodes = [root];
    const judged: ExportPiece[] = [];
    let leaf = root;
    for (let left = this.#random.integer(1, MOST_QUESTIONS); left > 0; left -= 1) {
      const question = this.#add(nodes, leaf, "user");
      leaf = this.#add(nodes, question, "assistant");
      if (this.#random.chance(AGAIN)) {
        const again = this.#add(nodes, question, "assistant");
        judged.push(...this.#judgePair(id, leaf.id, again.id));
        leaf = again;
      } else if (this.#random.chance(THUMBED)) {
        judged.push(this.#thumb(id, leaf.id, this.#random.chance(0.6)));
      }
    }
    return [{ file: "conversations.json", text: this.#conversationText(id, nodes, leaf) }, ...judged];
  }

  #add(nodes: GeneratedNode[], parent: GeneratedNode, role: "user" | "assistant"): GeneratedNode {
    const id = this.#id();
    const node = { id, parent: parent.id, message: this.#message(id, role), children: [] };
    parent.children.push(id);
    nodes.push(node);
    return node;
  }

  #judgePair(conversation: string, original: string, again: string): ExportPiece[] {
    if (this.#random.chance(COMPARED)) {
      const rating = this.#random.pick(["new", "new", "original", "same", "skip"]);
      const text =
        `{"id": "${this.#id()}", "user_id": "user-bench", "conversation_id": "${conversation}", ` +
        `"original_message_id": "${original}", "new_message_id": "${again}", "rating": "${rating}", ` +
        `"create_time": "2024-11-22T10:00:00Z", "content": {}}`;
      return [{ file: "model_comparisons.json", text }];
    }
    return this.#random.chance(THUMBED)
      ? [this.#thumb(conversation, original, false), this.#thumb(conversation, again, true)]
      : [];
  }

  #thumb(conversation: string, id: string, up: boolean): ExportPiece {
    const text =
      `{"id": "${id}", "conversation_id": "${conversation}", "user_id": "user-bench", ` +
      `"rating": "${up ? "thumbs_up" : "thumbs_down"}", "create_time": "2024-11-22T10:00:00Z", "content": "{}"}`;
    return { file: "message_feedback.json", text };
  }

  #conversationText(id: string, nodes: readonly GeneratedNode[], leaf: GeneratedNode): string {
    const mapping = nodes.map(
      ({ id: nodeId, parent, message, children }) =>
        `"${nodeId}": {"id": "${nodeId}", "message": ${message}, ` +
        `"parent": ${parent === null ? "null" : `"${parent}"`}, ` +
        `"children": [${children.map((child) => `"${child}"`).join(", ")}]}`,
    );
    return (
      `{"title": "${this.#text("question", 1)
        .slice(0, 20)
        .replaceAll(/[^ a-zA-Z]/gu, "")}", ` +
      `"create_time": ${this.#clock()}, "update_time": ${this.#clock()}, ` +
      `"mapping": {${mapping.join(", ")}}, "moderation_results": [], "current_node": "${leaf.id}", ` +
      `"plugin_ids": null, "conversation_id": "${id}", "conversation_template_id": null, "gizmo_id": null, ` +
      `"is_archived": false, "safe_urls": [], "default_model_slug": "gpt-4o", "voice": null, "id": "${id}"}`
    );
  }

  #message(id: string, role: "user" | "assistant"): string {
    const isUser = role === "user";
    const text = this.#text(isUser ? "question" : "statement", isUser ? 15 : 40);
    const metadata = isUser
      ? `{"serialization_metadata": {"custom_symbol_offsets": []}, "request_id": "${this.#id()}", ` +
        `"message_source": null, "timestamp_": "absolute", "message_type": null}`
      : `{"finish_details": {"type": "stop", "stop_tokens": [200002]}, "is_complete": true, "citations": [], ` +
        `"content_references": [], "message_type": null, "model_slug": "gpt-4o", ` +
        `"default_model_slug": "gpt-4o", "parent_id": "${this.#id()}", "request_id": "${this.#id()}", ` +
        `"timestamp_": "absolute"}`;
    return (
      `{"id": "${id}", "author": {"role": "${role}", "name": null, "metadata": {}}, ` +
      `"create_time": ${this.#clock()}, "update_time": null, ` +
      `"content": {"content_type": "text", "parts": ["${text}"]}, "status": "finished_successfully", ` +
      `"end_turn": ${isUser ? "null" : "true"}, "weight": 1.0, "metadata": ${metadata}, "recipient": "all", ` +
      `"channel": null}`
    );
  }

  /** At most so many sentences, short texts being more frequent. */
  #text(main: "question" | "statement", most: number): string {
    const random = this.#random;
    const fraction = random.fraction();
    const others = random.chance(0.1) ? this.#sentences.international : this.#sentences.code;
    let text = random.pick(this.#sentences[main]);
    for (let left = Math.floor(most * fraction * fraction); left > 0; left -= 1) {
      text += random.pick(random.chance(0.1) ? others : this.#sentences[main]);
    }
    return text;
  }

  #clock(): string {
    this.#time += this.#random.integer(1, 60);
    return `${this.#time}.${this.#random.integer(100_000, 999_999)}`;
  }

  #id(): string {
    const digits = Array.from({ length: 4 }, () => this.#random.next().toString(16).padStart(8, "0")).join(
      "",
    );
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
  }
}
