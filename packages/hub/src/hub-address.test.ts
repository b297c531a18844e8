import fc from "fast-check";
import { expect, test } from "vitest";
import { formatHubAddress, isHubAddress, parseHubAddress } from "./hub-address.ts";

test.each([
  ["hf://datasets/o/n", { owner: "o", name: "n" }],
  ["HF://datasets/o/n/", { owner: "o", name: "n" }],
  ["hf://datasets/o/n.x-y_z@main", { owner: "o", name: "n.x-y_z", revision: "main" }],
  [
    "hf://datasets/o/n@v1.0/data/*.parquet",
    { owner: "o", name: "n", revision: "v1.0", path: "data/*.parquet" },
  ],
  ["hf://datasets/o/n/a@b/c d.jsonl", { owner: "o", name: "n", path: "a@b/c d.jsonl" }],
  ["hf://datasets/o/n@refs/convert/parquet", { owner: "o", name: "n", revision: "refs/convert/parquet" }],
  ["hf://datasets/o/n@refs%2Fpr%2F1/x", { owner: "o", name: "n", revision: "refs/pr/1", path: "x" }],
  ["hf://datasets/o/n@team%2Fbranch/x/", { owner: "o", name: "n", revision: "team/branch", path: "x" }],
])("%s", (address, expected) => {
  expect(parseHubAddress(address)).toEqual(expected);
});

test.each([
  "hf://datasets/",
  "hf://datasets/squad",
  "hf://o/n",
  "hf://spaces/o/n",
  "hf:datasets/o/n",
  "hf://datasets/o/..",
  "hf://datasets/o?x/n",
  "hf://datasets/o/n@",
  "hf://datasets/o/n@a..b",
  "hf://datasets/o/n@%zz",
  "hf://datasets/o/n@%0a",
  "hf://datasets/o/n/../../x",
  "hf://datasets/o/n/a\0b",
])("%s is refused", (address) => {
  expect(() => parseHubAddress(address)).toThrow(expect.objectContaining({ code: "HUB_ADDRESS_INVALID" }));
});

test("an address that was formatted is read again as it was", () => {
  const word = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,9}$/u).filter((text) => !text.includes(".."));
  const address = fc.record(
    { owner: word, name: word, revision: fc.array(word, { minLength: 1, maxLength: 3 }), path: word },
    { requiredKeys: ["owner", "name"] },
  );
  fc.assert(
    fc.property(address, ({ revision, ...rest }) => {
      const full = { ...rest, ...(revision === undefined ? {} : { revision: revision.join("/") }) };
      expect(parseHubAddress(formatHubAddress(full))).toEqual(full);
    }),
  );
});

test("only addresses of the Hub are claimed", () => {
  expect(["hf://datasets/o/n", "hf:x", "https://hf.co", "hf", "C:\\hf"].map(isHubAddress)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
