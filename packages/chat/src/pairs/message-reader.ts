import type { Message, ToolCall, TransformName } from "@dpo-kit/schema";
import { isBlank } from "@dpo-kit/schema";
import type { ChatCall, ChatNode } from "../model/chat-node.ts";
import type { ChatPairOptions } from "./chat-pair-options.ts";
import { stripReasoning } from "./strip-reasoning.ts";

/** Messages of a conversation in canonical form, and what was changed to get there. */
export interface ReadMessages {
  readonly messages: Message[];
  readonly transforms: TransformName[];
  /** Whether a tool gave a result for which there is no call. */
  readonly strayResults: boolean;
}

/** Reads nodes of one conversation, in order. Calls and results find each other across several readings. */
export class MessageReader {
  readonly #options: ChatPairOptions;
  readonly #open: { id: string; name: string }[] = [];
  readonly #known = new Set<string>();
  #invented = 0;
  #transforms: TransformName[] = [];
  #messages: Message[] = [];
  #strayResults = false;

  constructor(options: ChatPairOptions) {
    this.#options = options;
  }

  /** The messages of some nodes; undefined where there is something that is no text, and such pairs are left out. */
  read(nodes: readonly ChatNode[]): ReadMessages | undefined {
    this.#transforms = [];
    this.#messages = [];
    this.#strayResults = false;
    for (const node of nodes) {
      const text = this.#text(node);
      if (text === undefined) {
        return undefined;
      }
      this.#add(node, text);
    }
    return { messages: this.#messages, transforms: this.#transforms, strayResults: this.#strayResults };
  }

  #add(node: ChatNode, text: string): void {
    if (node.role === "assistant") {
      this.#addAnswer(node, text);
    } else if (node.role === "tool") {
      this.#addResult(node, text);
    } else if (!isBlank(text)) {
      this.#messages.push({ role: node.role, content: text });
    }
  }

  #addAnswer({ toolCalls = [] }: ChatNode, text: string): void {
    const content = isBlank(text) ? null : text;
    if (toolCalls.length > 0) {
      this.#messages.push({
        role: "assistant",
        content,
        tool_calls: toolCalls.map((call) => this.#call(call)),
      });
    } else if (content !== null) {
      this.#messages.push({ role: "assistant", content });
    }
  }

  #call(call: ChatCall): ToolCall {
    const id = call.id ?? this.#newId();
    this.#known.add(id);
    this.#open.push({ id, name: call.name });
    return {
      id,
      type: "function",
      function: { name: this.#name(call.name), arguments: this.#arguments(call) },
    };
  }

  #newId(): string {
    this.#transforms.push("tool-call-id-invented");
    do {
      this.#invented += 1;
    } while (this.#known.has(`call_${this.#invented}`));
    return `call_${this.#invented}`;
  }

  /** Names of functions are 1 to 64 of `A-Z a-z 0-9 _ -`, as OpenAI's specification says. */
  #name(name: string): string {
    const allowed = name.replace(/[^\w-]/gu, "_").slice(0, 64) || "tool";
    if (allowed !== name) {
      this.#transforms.push("tool-name-changed");
    }
    return allowed;
  }

  #arguments(call: ChatCall): string {
    if (isJsonObject(call.arguments)) {
      return call.arguments;
    }
    this.#transforms.push("arguments-wrapped");
    return JSON.stringify({ input: call.arguments });
  }

  #addResult({ toolCallId }: ChatNode, text: string): void {
    const at = toolCallId === undefined ? 0 : this.#open.findIndex(({ id }) => id === toolCallId);
    const [call] = at === -1 ? [] : this.#open.splice(at, 1);
    if (call !== undefined) {
      this.#messages.push({ role: "tool", content: text, tool_call_id: call.id });
      return;
    }
    this.#strayResults = true;
    if (!isBlank(text)) {
      this.#transforms.push("tool-result-to-system");
      this.#messages.push({ role: "system", content: text });
    }
  }

  #text({ role, content }: ChatNode): string | undefined {
    if (typeof content === "string") {
      return role === "assistant" ? this.#answerText(content) : content;
    }
    const pieces: string[] = [];
    for (const part of content) {
      if (part.kind === "media" && this.#options.media !== "marker") {
        return undefined;
      }
      pieces.push(part.kind === "media" ? this.#marker(part.what) : this.#partText(part));
    }
    const text = pieces.join("");
    return role === "assistant" ? this.#answerText(text) : text;
  }

  #marker(what: string): string {
    this.#transforms.push("media-to-marker");
    return `[${what}]`;
  }

  #partText(part: { kind: "text" | "reasoning"; text: string }): string {
    if (part.kind === "text") {
      return part.text;
    }
    if (this.#options.keepReasoning === true) {
      return `<think>\n${part.text}\n</think>\n\n`;
    }
    this.#transforms.push("reasoning-removed");
    return "";
  }

  #answerText(text: string): string {
    const stripped = this.#options.keepReasoning === true ? text : stripReasoning(text);
    if (stripped !== text) {
      this.#transforms.push("reasoning-removed");
    }
    return stripped;
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
