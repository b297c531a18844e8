import type { TurnStep } from "../messages/split-turn.ts";
import type { ChatCall } from "../model/chat-node.ts";

/**
 * Splits the text of an answer at the blocks that Open WebUI writes into it,
 * `<details type="reasoning" …>…</details>` and the same for `tool_calls` and `code_interpreter`. A block that is not
 * closed is text.
 * https://github.com/open-webui/open-webui/blob/main/backend/open_webui/utils/middleware.py
 */
export function splitDetails(content: string): TurnStep[] {
  const steps: TurnStep[] = [];
  let rest = content;
  for (let start = rest.search(OPEN); start !== -1; start = rest.search(OPEN)) {
    const block = blockAt(rest, start);
    if (block === undefined) {
      break;
    }
    steps.push(...textSteps(rest.slice(0, start)), ...stepsOf(block));
    rest = rest.slice(block.end);
  }
  return [...steps, ...textSteps(rest)];
}

const OPEN = /<details type="(?:reasoning|tool_calls|code_interpreter)"/u;
const CLOSE = "</details>";

interface Block {
  readonly attributes: string;
  readonly body: string;
  readonly end: number;
}

function blockAt(content: string, start: number): Block | undefined {
  const opened = content.indexOf(">", start);
  const closed = opened === -1 ? -1 : content.indexOf(CLOSE, opened);
  if (closed === -1) {
    return undefined;
  }
  const attributes = content.slice(start, opened);
  return { attributes, body: content.slice(opened + 1, closed), end: closed + CLOSE.length };
}

/** The lines between a block and the text are the interface's. */
function textSteps(text: string): TurnStep[] {
  const own = text.replace(/^\n+/u, "");
  return own.trim() === "" ? [] : [{ kind: "text", text: own }];
}

function stepsOf({ attributes, body }: Block): TurnStep[] {
  const [, summary = "", inner = body] = /^\s*<summary>([^<]*)<\/summary>([\s\S]*)$/u.exec(body) ?? [];
  const text = unescapeHtml(inner).trim();
  const type = attributeOf(attributes, "type");
  if (type === "reasoning") {
    return [{ kind: "reasoning", text: text.replace(/^> ?/gmu, "") }];
  }
  const call: ChatCall = {
    id: attributeOf(attributes, "id"),
    name: attributeOf(attributes, "name") ?? type ?? "tool",
    arguments: attributeOf(attributes, "arguments") ?? "{}",
  };
  const result = attributeOf(attributes, "result") ?? (text === "" ? unescapeHtml(summary) : text);
  return [
    { kind: "call", call },
    { kind: "result", callId: call.id, text: result },
  ];
}

function attributeOf(attributes: string, name: string): string | undefined {
  const at = attributes.indexOf(` ${name}="`);
  if (at === -1) {
    return undefined;
  }
  const start = at + name.length + 3;
  const end = attributes.indexOf('"', start);
  return unescapeHtml(attributes.slice(start, end === -1 ? undefined : end));
}

const entities: ReadonlyMap<string, string> = new Map([
  ["&quot;", '"'],
  ["&#x27;", "'"],
  ["&#39;", "'"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&amp;", "&"],
]);

function unescapeHtml(text: string): string {
  return text.replace(/&(?:quot|#x27|#39|lt|gt|amp);/gu, (entity) => entities.get(entity)!);
}
