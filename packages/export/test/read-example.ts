import { carryJson, type DpoExample, type JsonObject } from "@dpo-kit/schema";

/** The example of a canonical line whose tools are written as the line has them. */
export function readExample(line: string): DpoExample {
  const example = JSON.parse(line) as DpoExample;
  const tools = /"tools":(\[.*?\]),"parallel_tool_calls"/u.exec(line)?.[1];
  return tools === undefined ? example : withTools(example, tools);
}

function withTools(example: DpoExample, tools: string): DpoExample {
  const carried = carryJson(tools) as unknown as JsonObject[];
  return { ...example, input: { ...example.input, tools: carried as never } };
}
