import { z } from "zod";
import type {
  AssistantMessage,
  DpoExample,
  DpoInput,
  FunctionCall,
  FunctionMessage,
  FunctionTool,
  Message,
  RefusalPart,
  SystemMessage,
  TextPart,
  ToolCall,
  ToolMessage,
  UserMessage,
} from "./example.ts";
import type { JsonObject } from "./json.ts";
import { FUNCTION_NAME } from "./rules/check-tool-shape.ts";

/** A part of a message that is text. */
export const textPartSchema: z.ZodType<TextPart> = z
  .strictObject({ type: z.literal("text"), text: z.string() })
  .meta({ id: "TextPart", description: "A part of a message that is text." });

/** A part of an assistant message that is a refusal. */
export const refusalPartSchema: z.ZodType<RefusalPart> = z
  .strictObject({ type: z.literal("refusal"), refusal: z.string() })
  .meta({ id: "RefusalPart", description: "A refusal. It is the only part of its message." });

const textContent = z.union([z.string(), z.array(textPartSchema).min(1)]);
const assistantContent = z.union([
  z.string(),
  z.array(textPartSchema).min(1),
  z.array(refusalPartSchema).length(1),
  z.null(),
]);

/** The name of a called function and its arguments as a JSON text. */
export const functionCallSchema: z.ZodType<FunctionCall> = z
  .strictObject({
    name: z.string(),
    arguments: z.string().describe("A JSON text, not an object."),
  })
  .meta({ id: "FunctionCall", description: "A function that is called, with its arguments." });

/** A call of a function tool. */
export const toolCallSchema: z.ZodType<ToolCall> = z
  .strictObject({ id: z.string(), type: z.literal("function"), function: functionCallSchema })
  .meta({ id: "ToolCall", description: "A call of a function tool." });

/** A function that the assistant may call. */
export const functionToolSchema: z.ZodType<FunctionTool> = z
  .strictObject({
    type: z.literal("function"),
    function: z.strictObject({
      name: z.string().regex(FUNCTION_NAME),
      description: z.string().exactOptional(),
      parameters: z.custom<JsonObject>(isJsonObject, "Expected a JSON Schema object").exactOptional(),
      strict: z.boolean().nullable().exactOptional(),
    }),
  })
  .meta({ id: "FunctionTool", description: "A function that the assistant may call." });

const systemMessage = z
  .strictObject({ role: z.literal("system"), content: textContent, name: z.string().exactOptional() })
  .meta({ id: "SystemMessage", description: "An instruction to the assistant." });

const userMessage = z
  .strictObject({ role: z.literal("user"), content: textContent, name: z.string().exactOptional() })
  .meta({ id: "UserMessage", description: "What the user says." });

const answer = {
  role: z.literal("assistant"),
  content: assistantContent.exactOptional(),
  refusal: z.string().nullable().exactOptional(),
  name: z.string().exactOptional(),
  tool_calls: z.array(toolCallSchema).exactOptional(),
  function_call: functionCallSchema.nullable().exactOptional(),
};

/** An assistant message as an answer: without weight. */
export const answerSchema: z.ZodType<AssistantMessage> = z
  .strictObject(answer)
  .meta({ id: "Answer", description: "The assistant's answer." });

const assistantMessage = z
  .strictObject({ ...answer, weight: z.literal([0, 1]).exactOptional() })
  .meta({ id: "AssistantMessage", description: "An earlier turn of the assistant." });

const toolMessage = z
  .strictObject({ role: z.literal("tool"), content: textContent, tool_call_id: z.string() })
  .meta({ id: "ToolMessage", description: "The result of a tool call." });

const functionMessage = z
  .strictObject({ role: z.literal("function"), content: z.string().nullable(), name: z.string() })
  .meta({ id: "FunctionMessage", description: "The result of a function call (deprecated)." });

/** An instruction before the conversation. */
export const systemMessageSchema: z.ZodType<SystemMessage> = systemMessage;

/** What the user says. */
export const userMessageSchema: z.ZodType<UserMessage> = userMessage;

/** An assistant message of the input, which may have a weight. */
export const assistantMessageSchema: z.ZodType<AssistantMessage> = assistantMessage;

/** The result of a tool call. */
export const toolMessageSchema: z.ZodType<ToolMessage> = toolMessage;

/** The result of a function call, in the older form. */
export const functionMessageSchema: z.ZodType<FunctionMessage> = functionMessage;

/** A message of the input. */
export const messageSchema: z.ZodType<Message> = z.discriminatedUnion("role", [
  systemMessage,
  userMessage,
  assistantMessage,
  toolMessage,
  functionMessage,
]);

/** What both answers reply to. */
export const dpoInputSchema: z.ZodType<DpoInput> = z
  .strictObject({
    messages: z.array(messageSchema).min(1),
    tools: z.array(functionToolSchema).exactOptional(),
    parallel_tool_calls: z.boolean().exactOptional(),
  })
  .meta({ id: "Input", description: "What both answers reply to." });

/**
 * The whole canonical line. It accepts exactly what `validateExample` reports no schema code for
 * (`schemaCodes`). Rules between several parts of a line, such as that the input does not end with the
 * assistant, are `validateExample`'s alone.
 */
export const dpoExampleSchema: z.ZodType<DpoExample> = z
  .strictObject({
    input: dpoInputSchema,
    preferred_output: z.array(answerSchema).length(1),
    non_preferred_output: z.array(answerSchema).length(1),
  })
  .meta({
    title: "DPO example",
    description:
      "One line of a DPO training file, as OpenAI, Azure OpenAI, Together AI and Fireworks AI take it.",
  });

/** JSON Schema (draft 2020-12) of the canonical line. The same as `@dpo-kit/schema/dpo-example.schema.json`. */
export function dpoExampleJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(dpoExampleSchema, {
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => {
        // The only custom type is the JSON Schema of a function's parameters: an object with any keys.
        if (zodSchema._zod.def.type === "custom") {
          jsonSchema.type = "object";
        }
      },
    }),
  };
}

function isJsonObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
