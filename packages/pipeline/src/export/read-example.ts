import { jsonTextAt } from "@dpo-kit/io";
import { carryJson, type DpoExample, type FunctionTool } from "@dpo-kit/schema";

/** The example of a canonical line. Its tools remember their number tokens and the order of their keys. */
export function readExample(line: string): DpoExample {
  const example = JSON.parse(line) as DpoExample;
  if ((example.input.tools?.length ?? 0) === 0) {
    return example;
  }
  const tools = carryJson(jsonTextAt(line, ["input", "tools"])!) as unknown as FunctionTool[];
  return { ...example, input: { ...example.input, tools } };
}
