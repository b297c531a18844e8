import { carriedJsonText } from "../carried-json.ts";
import { memberPath } from "../json-path.ts";
import { messageKeys } from "../rules/check-message-shape.ts";
import { isObject, OUTPUT_KEYS, type UnknownObject } from "../rules/line-parts.ts";
import { mapItems, mapMember, mapMembers } from "./copy-object.ts";
import type { FixChange } from "./fix-change.ts";
import { isExample } from "./fix-keys.ts";

/** A repair of one message, and the path of the message. */
type MessageFix = (message: UnknownObject, path: string) => UnknownObject;

/** A single message where a list of one belongs becomes that list. */
export function wrapMessages(line: UnknownObject, changes: FixChange[]): UnknownObject {
  const wrap = (path: string) => (value: unknown) => {
    if (!isObject(value)) {
      return value;
    }
    changes.push({ fix: "wrapped-in-list", path });
    return [value];
  };
  return mapMembers(line, (key, value) => {
    if (key === "input" && isObject(value)) {
      return [key, mapMember(value, "messages", wrap("input.messages"))];
    }
    return [key, OUTPUT_KEYS.some((output) => output === key) ? wrap(key)(value) : value];
  });
}

/** The role developer of input messages becomes system. */
export function renameDeveloper(line: UnknownObject, changes: FixChange[]): UnknownObject {
  return fixInputMessages(line, (message, path) =>
    mapMember(message, "role", (role) => {
      if (role !== "developer") {
        return role;
      }
      changes.push({ fix: "developer-to-system", path: `${path}.role`, from: "developer", to: "system" });
      return "system";
    }),
  );
}

/** Weights of answers go. */
export function removeOutputWeights(line: UnknownObject, changes: FixChange[]): UnknownObject {
  return fixOutputMessages(line, (message, path) =>
    mapMembers(message, (key, value) => {
      if (key !== "weight") {
        return [key, value];
      }
      changes.push({ fix: "output-weight-removed", path: `${path}.weight` });
      return undefined;
    }),
  );
}

/** Arguments of calls that are objects become JSON texts; carried ones keep the tokens of their numbers. */
export function writeArguments(line: UnknownObject, changes: FixChange[]): UnknownObject {
  const fixCall = (call: unknown, path: string): unknown =>
    isObject(call) ? mapMember(call, "arguments", (value) => writeOne(value, path)) : call;
  const writeOne = (value: unknown, path: string): unknown => {
    if (!isObject(value)) {
      return value;
    }
    changes.push({ fix: "arguments-to-text", path: `${path}.arguments`, from: "object", to: "text" });
    return carriedJsonText(value);
  };
  const fixMessage: MessageFix = (message, path) =>
    mapMembers(message, (key, value) => {
      if (key === "tool_calls" && Array.isArray(value)) {
        const fixed = mapItems(value, (call, index) =>
          isObject(call)
            ? mapMember(call, "function", (inner) => fixCall(inner, `${path}.tool_calls[${index}].function`))
            : call,
        );
        return [key, fixed];
      }
      return [key, key === "function_call" ? fixCall(value, `${path}.function_call`) : value];
    });
  return fixOutputMessages(fixInputMessages(line, fixMessage), fixMessage);
}

/** Keys that their role does not have go from the messages of what is an example otherwise. */
export function removeUnknownMessageKeys(line: UnknownObject, changes: FixChange[]): UnknownObject {
  if (!isExample(line)) {
    return line;
  }
  const fixMessage: MessageFix = (message, path) => {
    const known = messageKeys.get(message.role);
    return mapMembers(message, (key, value) => {
      if (known === undefined || known.has(key)) {
        return [key, value];
      }
      changes.push({ fix: "unknown-key-removed", path: memberPath(path, key) });
      return undefined;
    });
  };
  return fixOutputMessages(fixInputMessages(line, fixMessage), fixMessage);
}

function fixInputMessages(line: UnknownObject, fix: MessageFix): UnknownObject {
  return mapMember(line, "input", (input) =>
    isObject(input)
      ? mapMember(input, "messages", (messages) => fixList(messages, "input.messages", fix))
      : input,
  );
}

function fixOutputMessages(line: UnknownObject, fix: MessageFix): UnknownObject {
  return mapMembers(line, (key, value) => [
    key,
    OUTPUT_KEYS.some((output) => output === key) ? fixList(value, key, fix) : value,
  ]);
}

function fixList(messages: unknown, list: string, fix: MessageFix): unknown {
  return Array.isArray(messages)
    ? mapItems(messages, (message, index) =>
        isObject(message) ? fix(message, `${list}[${index}]`) : message,
      )
    : messages;
}
