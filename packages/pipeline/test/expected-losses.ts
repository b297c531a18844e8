import {
  compactJson,
  type DpoExample,
  type ExportLossCode,
  type Message,
  type TextPart,
} from "@dpo-kit/schema";

/** A message with every member that it may have, so that parts of it can be replaced. */
type Any = Record<string, unknown> & { role: string };
type Change = (messages: readonly Any[], target: string) => Any[];

/** What each loss of messages changes, and nothing else. Written from what `dpo explain` says of each. */
const changes: Partial<Record<ExportLossCode, Change>> = {
  EXPORT_LOSES_NAMES: each(({ name: _, ...rest }) => rest as Any),
  EXPORT_LOSES_WEIGHTS: each(({ weight: _, ...rest }) => rest as Any),
  EXPORT_LOSES_REFUSALS: each(({ refusal, ...message }) => {
    const own = textOf(message.content);
    const said = typeof refusal === "string" ? refusal : refusalOf(message.content);
    const hasRefusal = typeof refusal === "string" || refusalOf(message.content) !== "";
    return (hasRefusal ? { ...message, content: own === "" ? said : own } : message) as Any;
  }),
  EXPORT_LOSES_CONTENT_PARTS: (messages, target) =>
    messages.map((message) =>
      Array.isArray(message.content) && !isKeptInParts(message.content, target)
        ? { ...message, content: textOf(message.content) }
        : message,
    ),
  EXPORT_LOSES_NULL_CONTENT: (messages, target) =>
    messages.map((message) => {
      // A turn that is nothing but a call has no content in these.
      const isCall = message.tool_calls !== undefined && ["ms-swift", "llama-factory"].includes(target);
      const isNull = message.content === null || message.content === undefined;
      return isNull && !isCall ? { ...message, content: "" } : message;
    }),
  EXPORT_LOSES_ARGUMENT_TEXT: each((message) => ({
    ...message,
    ...(message.tool_calls === undefined
      ? {}
      : {
          tool_calls: (message.tool_calls as { function: { arguments: string } }[]).map((call) => ({
            ...call,
            function: { ...call.function, arguments: compactJson(call.function.arguments) },
          })),
        }),
  })),
  EXPORT_LOSES_CALL_TEXT: (messages, target) =>
    messages.map((message) => {
      const isBare = target === "ms-swift" && textOf(message.content).trim() !== "";
      const { content: _, ...silent } = message;
      return message.tool_calls === undefined || isBare ? message : (silent as Any);
    }),
  EXPORT_LOSES_CALL_TURNS: (messages) => messages.flatMap(apart),
  EXPORT_LOSES_RESULT_TURNS: joinResults,
  EXPORT_LOSES_SYSTEM_TURNS: (messages, target) => {
    const system = messages.filter(({ role }) => role === "system");
    const texts = system.map(({ content }) => textOf(content));
    const isInParts = ["vertex", "nova"].includes(target);
    const parts = texts.map((text): TextPart => ({ type: "text", text }));
    const joined = { role: "system", content: isInParts ? parts : texts.join("\n") };
    return [joined, ...messages.filter(({ role }) => role !== "system")];
  },
};

/** Gemini and Nova have parts; Together and Fireworks take all but refusals. */
function isKeptInParts(content: readonly { readonly type: string }[], target: string): boolean {
  return ["vertex", "nova"].includes(target)
    ? content.length > 1
    : ["together", "fireworks"].includes(target) && content.every(({ type }) => type === "text");
}

function each(change: (message: Any) => Any): Change {
  return (messages) => messages.map(change);
}

/** Results that follow one another as one, with the id of the first. */
function joinResults(messages: readonly Any[]): Any[] {
  const joined: Any[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (message.role === "tool" && last?.role === "tool") {
      joined[joined.length - 1] = { ...last, content: `${last.content}\n${message.content}` };
    } else {
      joined.push(message);
    }
  }
  return joined;
}

function textOf(content: unknown): string {
  return Array.isArray(content) ? content.map(({ text = "" }) => text).join("") : ((content as string) ?? "");
}

function refusalOf(content: unknown): string {
  return Array.isArray(content) ? content.map(({ refusal = "" }) => refusal).join("") : "";
}

/** A turn with text and calls as turns of their own. */
function apart({ tool_calls: calls, content, ...message }: Any): Any[] {
  if (calls === undefined) {
    return [content === undefined ? message : { ...message, content }] as Any[];
  }
  const spoken = textOf(content).trim() === "" ? [] : [{ ...message, content } as Any];
  return [...spoken, ...(calls as unknown[]).map((call) => ({ ...message, tool_calls: [call] }) as Any)];
}

/** The order in which losses are applied does not matter but for these: what is a text must be one first. */
const order = Object.keys(changes) as ExportLossCode[];

/** An example as it must come back when these things are lost, in the form that examples are compared in. */
export function withLosses(
  { input, preferred_output: better, non_preferred_output: worse }: DpoExample,
  losses: readonly ExportLossCode[],
  target: string,
): unknown {
  const change = (messages: readonly Message[]): Any[] =>
    order
      .filter((code) => losses.includes(code))
      .reduce((changed, code) => changes[code]!(changed, target), messages as unknown as Any[]);
  const isAlone = (code: ExportLossCode): boolean => losses.includes(code);
  return comparable(
    {
      messages: change(input.messages),
      tools: isAlone("EXPORT_LOSES_TOOLS") ? [] : (input.tools ?? []),
      parallel: isAlone("EXPORT_LOSES_PARALLEL_CALLS") ? true : (input.parallel_tool_calls ?? true),
      preferred: change(better),
      nonPreferred: change(worse),
    },
    losses,
  );
}

interface Parts {
  readonly messages: readonly unknown[];
  readonly tools: readonly unknown[];
  readonly parallel: boolean;
  readonly preferred: readonly unknown[];
  readonly nonPreferred: readonly unknown[];
}

/** What came back, in the same form. */
export function comparableExample(
  { input, preferred_output: preferred, non_preferred_output: nonPreferred }: DpoExample,
  losses: readonly ExportLossCode[],
): unknown {
  const { messages, tools = [], parallel_tool_calls: parallel = true } = input;
  return comparable({ messages, tools, parallel, preferred, nonPreferred }, losses);
}

/** Content of null is no content; ids that are lost are invented on the way back. */
function comparable(parts: Parts, losses: readonly ExportLossCode[]): unknown {
  const hasIds = !losses.includes("EXPORT_LOSES_CALL_IDS");
  return JSON.parse(
    JSON.stringify(parts, (key, value: unknown) => {
      const isId = key === "id" || key === "tool_call_id";
      return (isId && !hasIds) || (key === "content" && value === null) ? undefined : value;
    }),
  );
}
