import { expect, test } from "vitest";
import { createValueHider } from "./hide-values.ts";

const hide = createValueHider({
  expanded: new Map([["key secret", `key \${KEY:-none}`]]),
  variables: new Map([
    ["OWNER", "acme"],
    ["REPO", "acme/reviews"],
    ["FILE", "data/mid term.csv"],
    ["KEY", "a+b"],
    ["DAY", "2026-01"],
  ]),
});

test.each([
  ["key secret", `key \${KEY:-none}`],
  ["hf://datasets/acme/x@0123/acme.parquet", `hf://datasets/\${OWNER}/x@0123/\${OWNER}.parquet`],
  ["hf://datasets/acme/reviews/train", `hf://datasets/\${REPO}/train`],
  ["mid term.csv", `\${FILE}`],
  ["https://h/x?key=a%2Bb&y=mid%20term.csv", `https://h/x?key=\${KEY}&y=\${FILE}`],
  ["x-2026-01.csv", `x-\${DAY}.csv`],
  ["acmes and reacme", "acmes and reacme"],
])("%s is shown as %s", (text, shown) => {
  expect(hide(text)).toBe(shown);
});

test("without variables a text stays as it is", () => {
  expect(createValueHider({ expanded: new Map(), variables: new Map() })("a.csv")).toBe("a.csv");
});
