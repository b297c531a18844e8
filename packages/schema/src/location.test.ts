import { expect, test } from "vitest";
import { createIssue, formatIssue } from "./issue.ts";
import { memberPath } from "./json-path.ts";
import { formatLocation } from "./location.ts";

test("a location is written as terminals and editors link it", () => {
  expect(formatLocation({ source: "a.csv" })).toBe("a.csv");
  expect(formatLocation({ source: "a.csv", line: 12 })).toBe("a.csv:12");
  expect(formatLocation({ source: "a.csv", line: 12, column: 5 })).toBe("a.csv:12:5");
  expect(formatLocation({ source: "a.csv", column: 5 })).toBe("a.csv");
});

test("an issue is one line: place, severity, code, path, what, expected and found", () => {
  const issue = createIssue("OUTPUT_ROLE_INVALID", {
    location: { source: "a.jsonl", line: 3, path: "preferred_output[0].role" },
    expected: "assistant",
    found: "user\nx",
  });
  expect(formatIssue(issue)).toBe(
    'a.jsonl:3: error OUTPUT_ROLE_INVALID at preferred_output[0].role: A message of an output is not the assistant\'s; expected assistant; found "user\\nx"',
  );
});

test("a path quotes odd names and cuts long ones", () => {
  expect(memberPath("", "input")).toBe("input");
  expect(memberPath("input", "tools")).toBe("input.tools");
  expect(memberPath("input", "a b")).toBe('input["a b"]');
  expect(memberPath("", "")).toBe('[""]');
  expect(memberPath("", "n".repeat(1_000_000)).length).toBeLessThan(120);
});
