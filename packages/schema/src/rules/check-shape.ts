import { memberPath } from "../json-path.ts";
import { recogniseShape } from "../recognise-shape.ts";
import { checkInputMessageShape, checkOutputMessageShape } from "./check-message-shape.ts";
import { checkFunctionTool } from "./check-tool-shape.ts";
import {
  isObject,
  OUTPUT_KEYS,
  type OutputKey,
  outputOf,
  type UnknownObject,
  unknownKeys,
} from "./line-parts.ts";
import type { Report } from "./report.ts";
import type { LineCheck } from "./rule.ts";

const lineKeys: ReadonlySet<string> = new Set(["input", ...OUTPUT_KEYS]);
const inputKeys: ReadonlySet<string> = new Set(["messages", "tools", "parallel_tool_calls"]);

/** Names that files use for the outputs, and the right ones. */
export const oldNames: ReadonlyMap<string, OutputKey> = new Map([
  ["preferred_completion", "preferred_output"],
  ["non_preferred_completion", "non_preferred_output"],
  ["chosen", "preferred_output"],
  ["rejected", "non_preferred_output"],
]);

/**
 * Whether a line is of the canonical shape: the same question that the zod schema answers, asked faster and
 * answered with codes. A line of another known format gets one issue that names it, not one for every key.
 */
export const checkShape: LineCheck = ({ value: line }, report) => {
  if (!isObject(line)) {
    report.add("LINE_NOT_OBJECT", "", { expected: "an object", found: line });
    return;
  }
  if (!isOfAnotherShape(line, report)) {
    checkLineKeys(line, report);
    checkInput(line.input, report);
    for (const key of OUTPUT_KEYS) {
      checkOutput(outputOf(line, key), key, report);
    }
  }
};

function isOfAnotherShape(line: UnknownObject, report: Report): boolean {
  // An input that is a text does not say much: instruction data has one too.
  if (isObject(line.input) || OUTPUT_KEYS.some((key) => outputOf(line, key) !== undefined)) {
    return false;
  }
  const known = recogniseShape(line);
  if (known?.code === undefined) {
    return false;
  }
  report.add(known.code, "", { message: `This is ${known.title}`, hint: known.advice });
  return true;
}

function checkLineKeys(line: UnknownObject, report: Report): void {
  for (const key of unknownKeys(line, lineKeys)) {
    const rightName = oldNames.get(key);
    if (rightName !== undefined && line[rightName] === undefined) {
      report.add("LINE_OLD_NAMES", key, { expected: rightName, found: key });
    } else {
      report.add("LINE_EXTRA_KEY", memberPath("", key), { found: key });
    }
  }
  if (line.input === undefined) {
    report.add("LINE_MISSING_KEY", "input", { expected: "input" });
  }
  for (const key of OUTPUT_KEYS) {
    if (outputOf(line, key) === undefined && !hasOldName(line, key)) {
      report.add("LINE_MISSING_KEY", key, { expected: key });
    }
  }
}

function hasOldName(line: UnknownObject, rightName: string): boolean {
  for (const [oldName, name] of oldNames) {
    if (name === rightName && line[oldName] !== undefined) {
      return true;
    }
  }
  return false;
}

function checkInput(input: unknown, report: Report): void {
  if (input === undefined) {
    return;
  }
  if (!isObject(input)) {
    report.add("LINE_WRONG_TYPE", "input", { expected: "an object with messages", found: input });
    return;
  }
  for (const key of unknownKeys(input, inputKeys)) {
    report.add("LINE_EXTRA_KEY", memberPath("input", key), { found: key });
  }
  checkMessageList(input.messages, report);
  checkTools(input.tools, report);
  const parallel = input.parallel_tool_calls;
  if (parallel !== undefined && typeof parallel !== "boolean") {
    report.add("LINE_WRONG_TYPE", "input.parallel_tool_calls", {
      expected: "true or false",
      found: parallel,
    });
  }
}

function checkMessageList(messages: unknown, report: Report): void {
  if (messages === undefined) {
    report.add("LINE_MISSING_KEY", "input.messages", { expected: "messages" });
  } else if (!Array.isArray(messages)) {
    report.add("INPUT_MESSAGES_NOT_ARRAY", "input.messages", {
      expected: "a list of messages",
      found: messages,
    });
  } else if (messages.length === 0) {
    report.add("INPUT_MESSAGES_EMPTY", "input.messages", {
      expected: "at least one message",
      found: messages,
    });
  } else {
    for (let index = 0; index < messages.length; index += 1) {
      checkInputMessageShape(messages[index], report.at("input.messages", index));
    }
    report.leave();
  }
}

function checkTools(tools: unknown, report: Report): void {
  if (tools === undefined) {
    return;
  }
  if (!Array.isArray(tools)) {
    report.add("LINE_WRONG_TYPE", "input.tools", { expected: "a list of tools", found: tools });
    return;
  }
  for (let index = 0; index < tools.length; index += 1) {
    checkFunctionTool(tools[index], report.at("input.tools", index));
  }
  report.leave();
}

function checkOutput(output: unknown, key: string, report: Report): void {
  if (output === undefined) {
    return;
  }
  if (!Array.isArray(output)) {
    report.add("OUTPUT_NOT_ARRAY", key, { expected: "a list with one assistant message", found: output });
    return;
  }
  if (output.length === 0) {
    report.add("OUTPUT_EMPTY", key, { expected: "one assistant message", found: output });
  } else if (output.length > 1) {
    report.add("OUTPUT_SEVERAL_MESSAGES", key, { expected: "one message", found: output.length });
  }
  for (let index = 0; index < output.length; index += 1) {
    checkOutputMessageShape(output[index], report.at(key, index));
  }
  report.leave();
}
