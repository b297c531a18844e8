import { createIssue, type DpoExample, type Issue, type Location } from "@dpo-kit/schema";
import { toolsJson } from "../line/format-example.ts";

/** The issue of the first text that holds half a character, which UTF-8 cannot; undefined where none does. */
export function findLoneSurrogate(example: DpoExample, location: Location): Issue | undefined {
  const { input, preferred_output, non_preferred_output } = example;
  const path =
    pathOfLoneSurrogate(input.messages, "input.messages") ??
    pathOfLoneSurrogate(preferred_output, "preferred_output") ??
    pathOfLoneSurrogate(non_preferred_output, "non_preferred_output") ??
    (input.tools !== undefined && escapedSurrogate.test(toolsJson(input.tools)) ? "input.tools" : undefined);
  return path === undefined
    ? undefined
    : createIssue("PAIR_LONE_SURROGATE", { location: { ...location, path } });
}

/** Canonical JSON writes a lone surrogate as an escape and, of these escapes, nothing else. */
const escapedSurrogate = /(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]/u;

/** Messages nest at most five deep: list, message, calls or parts, call, function. */
function pathOfLoneSurrogate(value: unknown, path: string): string | undefined {
  if (typeof value === "string") {
    return isWellFormed(value) ? undefined : path;
  }
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const isList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    const inner = isList ? `${path}[${key}]` : `${path}.${key}`;
    const found = pathOfLoneSurrogate((value as Record<string, unknown>)[key], inner);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function isWellFormed(text: string): boolean {
  // ES2024, which every engine we run on has and the compiler's library of 2023 does not know.
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
