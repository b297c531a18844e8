import { describe, expect, test } from "vitest";
import { showsUnicode, streamHasColor, streamIsLive } from "./capabilities.ts";

describe("streamHasColor", () => {
  test.each([
    ["a terminal", true, {}, undefined, true],
    ["a pipe", false, {}, undefined, false],
    ["NO_COLOR", true, { NO_COLOR: "1" }, undefined, false],
    ["an empty NO_COLOR does not count", true, { NO_COLOR: "" }, undefined, true],
    ["FORCE_COLOR on a pipe", false, { FORCE_COLOR: "1" }, undefined, true],
    ["FORCE_COLOR=0 on a terminal", true, { FORCE_COLOR: "0" }, undefined, false],
    ["NO_COLOR before FORCE_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, undefined, false],
    ["FORCE_COLOR before CI", false, { FORCE_COLOR: "1", CI: "true" }, undefined, true],
    ["TERM=dumb", true, { TERM: "dumb" }, undefined, false],
    ["CI", true, { CI: "true" }, undefined, false],
    ["--color on a pipe", false, { NO_COLOR: "1" }, true, true],
    ["--no-color", true, { FORCE_COLOR: "1" }, false, false],
  ])("%s", (_name, isTTY, env, color, expected) => {
    expect(streamHasColor({ isTTY, env, color })).toBe(expected);
  });
});

test("a stream is drawn over only where somebody watches", () => {
  expect(streamIsLive(true, {})).toBe(true);
  expect(streamIsLive(true, { CI: "1" })).toBe(false);
  expect(streamIsLive(true, { TERM: "dumb" })).toBe(false);
  expect(streamIsLive(false, {})).toBe(false);
});

describe("showsUnicode", () => {
  test.each([
    [{ LANG: "en_GB.UTF-8" }, "linux", true],
    [{ LANG: "C" }, "linux", false],
    [{ LC_ALL: "C", LANG: "en_GB.UTF-8" }, "linux", false],
    [{ LC_ALL: "", LANG: "de_DE.utf8" }, "linux", true],
    [{}, "linux", false],
    [{}, "darwin", true],
    [{}, "win32", false],
    [{ WT_SESSION: "x" }, "win32", true],
    [{ LANG: "en_GB.UTF-8", TERM: "dumb" }, "linux", false],
  ])("%j on %s: %s", (env, platform, expected) => {
    expect(showsUnicode(env, platform)).toBe(expected);
  });
});
