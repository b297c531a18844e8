import { describe, expect, test } from "vitest";
import { closestNames, editDistance } from "./closest-name.ts";

test.each([
  ["", "", 0],
  ["abc", "", 3],
  ["kitten", "sitting", 3],
  ["convrt", "convert", 1],
  ["covnert", "convert", 1],
])("from %j to %j it is %i steps", (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance);
  expect(editDistance(other, one)).toBe(distance);
});

describe("closestNames", () => {
  const codes = ["CSV_RAGGED_ROW", "CSV_NO_HEADER", "IO_EMPTY", "PAIR_TIE"];

  test("letters wrong, missing, swapped; case does not count", () => {
    expect(closestNames("csv_raged_row", codes)).toEqual(["CSV_RAGGED_ROW"]);
    expect(closestNames("PAIR_TEI", codes)).toEqual(["PAIR_TIE"]);
  });

  test("a part of a name, or its start", () => {
    expect(closestNames("ragged", codes)).toEqual(["CSV_RAGGED_ROW"]);
    expect(closestNames("csv", codes)).toEqual(["CSV_NO_HEADER", "CSV_RAGGED_ROW"]);
  });

  test("nothing that is far", () => {
    expect(closestNames("XYZZY", codes)).toEqual([]);
  });
});
