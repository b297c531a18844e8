import type { ParquetColumn } from "@dpo-kit/io";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** Which members occur in canonical lines: what decides the columns of a table that holds them. */
export interface ExampleMembers {
  /** Of all messages and answers. */
  readonly ofMessages: ReadonlySet<string>;
  /** Of `input`. */
  readonly ofInput: ReadonlySet<string>;
  /** Whether any line offers a tool. */
  readonly hasTools: boolean;
  /** What has no column, as `input.messages[].content`: lists of parts, and members of other names. */
  readonly withoutColumn: string | undefined;
  /** Takes a valid line. */
  observe(example: JsonObject): void;
}

const text = (name: string): ParquetColumn => ({ name, type: "string" });
const call = [text("name"), text("arguments")];

/** Every member that a message can have, in the order of columns. */
const messageColumns: readonly ParquetColumn[] = [
  text("role"),
  text("content"),
  text("refusal"),
  text("name"),
  { name: "tool_calls", list: [text("id"), text("type"), { name: "function", struct: call }] },
  text("tool_call_id"),
  { name: "function_call", struct: call },
  { name: "weight", type: "int64" },
];

/** Every member of `input` beside the messages. A tool holds JSON of any shape, which no column has. */
const inputColumns: readonly ParquetColumn[] = [
  { name: "tools", type: "json" },
  { name: "parallel_tool_calls", type: "bool" },
];

/** Begins with the members that every line has. */
export function createExampleMembers(): ExampleMembers {
  const ofMessages = new Set(["role", "content"]);
  const ofInput = new Set<string>();
  let hasTools = false;
  let withoutColumn: string | undefined;

  function observeMessages(messages: JsonValue | undefined, path: string): void {
    for (const message of messages as readonly JsonObject[]) {
      for (const [name, value] of Object.entries(message)) {
        ofMessages.add(name);
        const isKnown = messageColumns.some((column) => column.name === name);
        if (!isKnown || (name === "content" && Array.isArray(value))) {
          withoutColumn ??= `${path}[].${name}`;
        }
      }
    }
  }
  return {
    ofMessages,
    ofInput,
    get hasTools() {
      return hasTools;
    },
    get withoutColumn() {
      return withoutColumn;
    },
    observe(example) {
      const { messages, ...input } = example.input as JsonObject;
      for (const [name, value] of Object.entries(input)) {
        ofInput.add(name);
        hasTools ||= name === "tools" && Array.isArray(value) && value.length > 0;
        withoutColumn ??= inputColumns.some((column) => column.name === name) ? undefined : `input.${name}`;
      }
      observeMessages(messages, "input.messages");
      observeMessages(example.preferred_output, "preferred_output");
      observeMessages(example.non_preferred_output, "non_preferred_output");
      const stray = Object.keys(example).find((name) => !lineNames.has(name));
      withoutColumn ??= stray;
    },
  };
}

const lineNames: ReadonlySet<string> = new Set(["input", "preferred_output", "non_preferred_output"]);

/** The columns of a table of such lines: those of members that occur. */
export function exampleColumns({ ofMessages, ofInput }: ExampleMembers): ParquetColumn[] {
  const list = messageColumns.filter(({ name }) => ofMessages.has(name));
  const input = inputColumns.filter(({ name }) => ofInput.has(name));
  return [
    { name: "input", struct: [{ name: "messages", list }, ...input] },
    { name: "preferred_output", list },
    { name: "non_preferred_output", list },
  ];
}
