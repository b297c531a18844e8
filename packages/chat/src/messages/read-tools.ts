import { carriedMember, memberJsonText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import { carriedItems, carriedObject } from "./carried-items.ts";

/**
 * Reads the functions a model was given, as JSON text: OpenAI's, Anthropic's `input_schema`, Vercel's `inputSchema`,
 * Gemini's `functionDeclarations`, also where each is a JSON text by itself. Tools that are no functions, such as a
 * provider's own search, are left out. Undefined where there are none.
 */
export function readTools(value: JsonValue | undefined): string | undefined {
  const tools = carriedItems(parseJsonText(value)).map(parseJsonText).filter(isObject).flatMap(toolTexts);
  return tools.length === 0 ? undefined : `[${tools.join(",")}]`;
}

/** A tool of Gemini is a list of functions. */
function toolTexts(tool: JsonObject): string[] {
  const declared = ["functionDeclarations", "function_declarations"].find((key) => Array.isArray(tool[key]));
  const functions =
    declared === undefined ? [tool] : carriedItems(carriedMember(tool, declared)).filter(isObject);
  return functions.flatMap(functionTexts);
}

function functionTexts(tool: JsonObject): string[] {
  const definition = carriedObject(tool, "function") ?? tool;
  return typeof definition.name === "string" ? [functionText(definition)] : [];
}

/** The names under which the schema of the arguments stands, in the order in which they are looked for. */
const schemaKeys: readonly string[] = ["parameters", "input_schema", "inputSchema", "parametersJsonSchema"];

function functionText(definition: JsonObject): string {
  const schemaKey = schemaKeys.find((key) => isObject(definition[key]));
  const members = [
    ...["name", "description"]
      .filter((key) => typeof definition[key] === "string")
      .map((key) => `"${key}":${memberJsonText(definition, key)}`),
    ...(schemaKey === undefined ? [] : [`"parameters":${memberJsonText(definition, schemaKey)}`]),
    ...(typeof definition.strict === "boolean" ? [`"strict":${definition.strict}`] : []),
  ];
  return `{"type":"function","function":{${members.join(",")}}}`;
}
