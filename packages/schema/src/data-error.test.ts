import { expect, test, vi } from "vitest";
import { DataError } from "./data-error.ts";

test("message and hint come from the registry unless they are given", () => {
  const error = new DataError("IO_NOT_FOUND", { location: { source: "a.csv" } });
  expect(error.message).toBe("There is no such file");
  expect(error.hint).not.toBe("");
  expect(error.location).toEqual({ source: "a.csv" });
  expect(error.issues).toEqual([]);
  expect(new DataError("IO_NOT_FOUND", { message: "m", hint: "h" })).toMatchObject({
    message: "m",
    hint: "h",
  });
});

test("the cause is kept", () => {
  const cause = new Error("below");
  expect(new DataError("IO_UNREADABLE", { cause }).cause).toBe(cause);
});

test("isInstance knows errors of another copy of the package, and nothing else", async () => {
  vi.resetModules();
  const copy = await import("./data-error.ts");
  const foreign = new copy.DataError("IO_NOT_FOUND");
  expect(foreign).not.toBeInstanceOf(DataError);
  expect(DataError.isInstance(foreign)).toBe(true);
  expect(DataError.isInstance(new DataError("IO_NOT_FOUND"))).toBe(true);
  expect(DataError.isInstance(new Error("x"))).toBe(false);
  expect(DataError.isInstance({ code: "IO_NOT_FOUND" })).toBe(false);
  expect(DataError.isInstance(null)).toBe(false);
});

test("the marker is not seen where an error is printed or spread", () => {
  expect(Object.keys(new DataError("IO_NOT_FOUND")).sort()).toEqual([
    "code",
    "hint",
    "issues",
    "location",
    "name",
  ]);
});
