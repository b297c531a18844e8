import { DataError } from "@dpo-kit/schema";
import { expect, test } from "vitest";
import { failureOf } from "./recipe-unit.ts";

test.each([
  ["hf://datasets/owner/name", { source: "https://huggingface.co" }, "hf://datasets/owner/name"],
  [
    "hf://datasets/owner/name",
    { source: "hf://datasets/owner/name@0123/a.csv" },
    "hf://datasets/owner/name@0123/a.csv",
  ],
  ["https://host/a.csv", { source: "https://host/a.csv" }, "https://host/a.csv"],
  ["b/*.csv", { source: "b/1.csv", line: 2 }, "b/1.csv"],
  ["a.csv", undefined, "a.csv"],
])("a failure of %s at %o names %s", (source, location, named) => {
  const details = { message: "It cannot be read", ...(location === undefined ? {} : { location }) };
  expect(failureOf(new DataError("IO_DOWNLOAD_FAILED", details), source).location.source).toBe(named);
});
