import type * as pipeline from "@dpo-kit/pipeline/node";
import { DataError } from "@dpo-kit/schema";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { cleanConversion, inspection, mixedConversion, validation } from "../../test/example-results.ts";
import { type FakeHostOptions, fakeHost } from "../../test/fake-host.ts";
import { Interruption } from "../interruption.ts";
import { main } from "../main.ts";

const runConversion = vi.fn<typeof pipeline.runConversion>();
const inspectInputs = vi.fn<typeof pipeline.inspectInputs>();
const validateFiles = vi.fn<typeof pipeline.validateFiles>();

vi.mock("@dpo-kit/pipeline/node", () => ({
  runConversion: (...given: Parameters<typeof runConversion>) => runConversion(...given),
  inspectInputs: (...given: Parameters<typeof inspectInputs>) => inspectInputs(...given),
  validateFiles: (...given: Parameters<typeof validateFiles>) => validateFiles(...given),
  describeFix: (name: string) => `what ${name} does`,
}));

beforeEach(() => {
  vi.resetAllMocks();
  runConversion.mockResolvedValue(mixedConversion);
  inspectInputs.mockResolvedValue(inspection);
  validateFiles.mockResolvedValue(validation);
});

interface Said {
  exitCode: number;
  out: string;
  err: string;
}

async function dpo(words: string, options: FakeHostOptions = {}): Promise<Said> {
  const host = fakeHost(options);
  const exitCode = await main(words.split(" "), host);
  return { exitCode, out: host.out(), err: host.err() };
}

describe("convert", () => {
  test("the summary goes to standard error, the exit code is the result's", async () => {
    const { exitCode, out, err } = await dpo("convert feedback.csv -o train.jsonl");
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toContain("records      1,200  = 1,188 converted + 4 skipped + 8 rejected");
  });

  test("without -o lines go to a standard output that is no terminal", async () => {
    await dpo("convert feedback.csv");
    expect(runConversion.mock.lastCall?.[0]).toEqual({ inputs: ["feedback.csv"], output: "-" });
  });

  test("--json is one object with flat issues, ledgers as objects, and no colour", async () => {
    const { out, err } = await dpo("convert feedback.csv -o train.jsonl --json --color");
    expect(err).toBe("");
    expect(out.endsWith("}\n")).toBe(true);
    const result = JSON.parse(out);
    expect(result).toMatchObject({
      schema: "dpo-kit/result@1",
      command: "convert",
      ok: false,
      exitCode: 1,
      ledgers: { units: { read: 1203 }, records: { rejected: { PAIR_IDENTICAL: 5, PAIR_EMPTY_ANSWER: 3 } } },
      transforms: { "system-from-column": 1188 },
      outputs: [{ kind: "train", path: "train.jsonl", lines: 1188, bytes: 2_300_000 }, {}, {}],
      next: ["dpo explain PAIR_IDENTICAL", "dpo validate train.jsonl"],
      elapsedSeconds: expect.any(Number),
    });
    expect(result.issues.byCode[0]).toEqual({
      code: "PAIR_IDENTICAL",
      severity: "error",
      title: "Both answers are the same",
      count: 5,
    });
    expect(result.issues.first[1]).toEqual({
      code: "CSV_RAGGED_ROW",
      severity: "error",
      source: "feedback.csv",
      line: 40,
      column: 1,
      path: null,
      message: "The row has another number of fields than the header",
      hint: "Quote the field.",
      expected: "4 fields",
      found: '"5 fields"',
      target: null,
      ordinal: null,
      byteOffset: null,
    });
  });

  test("with -o - the object is the last line of standard error", async () => {
    const { out, err } = await dpo("convert feedback.csv -o - --json");
    expect(out).toBe("");
    expect(JSON.parse(err.trimEnd().split("\n").at(-1)!)).toMatchObject({ command: "convert" });
  });

  test("--quiet says nothing of a success, and why of a failure", async () => {
    expect((await dpo("convert feedback.csv -o train.jsonl -q")).err).toBe(
      "9 of 1,203 rows (1 %) were rejected, none is allowed: exit code 1\nTo end with 0 all the same: --allow-rejects 9\n",
    );
    runConversion.mockResolvedValue(cleanConversion);
    expect(await dpo("convert feedback.csv -o train.jsonl -q")).toEqual({ exitCode: 0, out: "", err: "" });
  });

  test("--dry-run prints the plan and converts nothing", async () => {
    const { exitCode, out } = await dpo("convert feedback.csv -o train.jsonl --dry-run --lean");
    expect(exitCode).toBe(0);
    expect(out).toBe((await dpo("inspect feedback.csv")).out);
    expect(runConversion).not.toHaveBeenCalled();
    expect(inspectInputs.mock.calls[0]?.[0]).toEqual({ inputs: ["feedback.csv"], lean: true });
    expect(JSON.parse((await dpo("convert feedback.csv --dry-run --json")).out)).toMatchObject({
      command: "convert",
    });
  });

  test.each([
    ["a wrong call", "IO_NOT_FOUND", 2],
    ["refused data", "IO_EMPTY", 1],
    ["no pairs", "RUN_NO_PAIRS", 1],
    ["ledgers that do not balance", "RUN_UNBALANCED", 2],
  ] as const)("%s (%s) ends with %i, and says what to do", async (_name, code, expected) => {
    runConversion.mockRejectedValue(new DataError(code, { location: { source: "x.csv" }, hint: "Do this." }));
    const { exitCode, out, err } = await dpo("convert x.csv -o x.jsonl");
    expect({ exitCode, out }).toEqual({ exitCode: expected, out: "" });
    expect(err).toMatch(new RegExp(`^error ${code}: x\\.csv: .*\nfix: Do this\\.\n$`, "u"));
  });

  test("a bug ends with 2, named as one; the trace only if asked for", async () => {
    runConversion.mockRejectedValue(new TypeError("x is not a function\u001b[2J"));
    const { exitCode, err } = await dpo("convert x.csv -o x.jsonl");
    expect(exitCode).toBe(2);
    expect(err).toContain("RUN_INTERNAL");
    expect(err).toContain("This is a bug in dpo-kit, not in your file.");
    expect(err).not.toContain("commands.test.ts");
    expect(err).not.toContain("\u001b");
    expect((await dpo("convert x.csv -o x.jsonl", { env: { DPO_DEBUG: "1" } })).err).toContain(
      "commands.test.ts",
    );
    expect(JSON.parse((await dpo("convert x.csv -o x.jsonl --json")).out)).toMatchObject({
      ok: false,
      exitCode: 2,
      error: { code: "RUN_INTERNAL" },
    });
  });

  test("an interruption gives its own exit code", async () => {
    const stop = new AbortController();
    const host = { ...fakeHost(), signal: stop.signal };
    runConversion.mockImplementation(async () => {
      stop.abort(new Interruption("Stopped", 130));
      throw stop.signal.reason;
    });
    expect(await main(["convert", "x.csv", "-o", "x.jsonl"], host)).toBe(130);
    expect((host as ReturnType<typeof fakeHost>).err()).toBe("Stopped\n");
  });

  test("control characters of the data are spelled out, whatever part of the result holds them", async () => {
    const steer = "\u001b]0;owned\u0007\u009b2J";
    const hostile = JSON.parse(
      JSON.stringify({ ...mixedConversion, ledgers: undefined, transforms: undefined }, (_key, value) =>
        typeof value === "string" &&
        !(value in { error: 1, warning: 1, info: 1, train: 1 }) &&
        !/^[A-Z_]+$/u.test(value)
          ? value + steer
          : value,
      ),
    );
    runConversion.mockResolvedValue({
      ...hostile,
      ledgers: {
        ...mixedConversion.ledgers,
        records: { ...mixedConversion.ledgers.records, skipped: new Map([[steer, 4]]) },
      },
      transforms: new Map([[steer, 1]]),
    });
    const { err } = await dpo("convert x.csv -o x.jsonl --no-color");
    expect(err).toContain("\\x1b]0;owned\\x07\\x9b2J");
    expect(err).not.toMatch(/[^\P{Cc}\n]/u);
    const { out } = await dpo("convert x.csv -o x.jsonl --json");
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe("progress", () => {
  const bar = "\u001b[2K";
  beforeEach(() => {
    runConversion.mockImplementation(async (_request, environment) => {
      environment?.onProgress?.({ bytesRead: 1, bytesTotal: 2, records: 1, pairs: 1, rejected: 0 });
      return cleanConversion;
    });
  });

  test.each<[string, string, FakeHostOptions, boolean]>([
    ["on a terminal", "-o x.jsonl", { stderrIsTTY: true }, true],
    ["not in a pipe", "-o x.jsonl", {}, false],
    ["not in CI", "-o x.jsonl", { stderrIsTTY: true, env: { CI: "true" } }, false],
    ["not on a dumb terminal", "-o x.jsonl", { stderrIsTTY: true, env: { TERM: "dumb" } }, false],
    ["not with --no-progress", "-o x.jsonl --no-progress", { stderrIsTTY: true }, false],
    ["not with --quiet", "-o x.jsonl --quiet", { stderrIsTTY: true }, false],
    ["not where lines scroll by", "-o -", { stderrIsTTY: true, stdoutIsTTY: true }, false],
    ["beside a pipe", "-o -", { stderrIsTTY: true }, true],
  ])("%s", async (_name, words, options, shown) => {
    expect((await dpo(`convert x.csv ${words}`, options)).err.includes(bar)).toBe(shown);
  });

  test("is taken off the screen before an error is shown", async () => {
    runConversion.mockImplementation(async (_request, environment) => {
      environment?.onProgress?.({ bytesRead: 1, records: 1, pairs: 1, rejected: 0 });
      throw new DataError("IO_EMPTY");
    });
    const { err } = await dpo("convert x.csv -o x.jsonl --no-color", { stderrIsTTY: true });
    expect(err).toContain("\r\u001b[2Kerror IO_EMPTY");
  });
});

describe("validate", () => {
  test("the report goes to standard output", async () => {
    const { exitCode, out, err } = await dpo("validate train.jsonl");
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: "" });
    expect(out).toContain("error LINE_INVALID_JSON: The line is not valid JSON (213)");
    expect(out).toContain("crlf: what crlf does");
  });

  test("or to standard error where the mended lines go to standard output", async () => {
    const { out, err } = await dpo("validate train.jsonl --fix -o -");
    expect(out).toBe("");
    expect(err).toContain("213 errors, 1 warning");
  });

  test("--quiet shows errors only", async () => {
    const { out } = await dpo("validate train.jsonl -q");
    expect(out).toContain("error LINE_INVALID_JSON");
    expect(out).not.toContain("213 errors");
  });

  test("--json", async () => {
    const { out } = await dpo("validate train.jsonl --json");
    expect(JSON.parse(out)).toMatchObject({ command: "validate", exitCode: 1, transforms: { crlf: 3 } });
  });
});

describe("the object of --json", () => {
  const members = [
    "schema",
    "command",
    "ok",
    "exitCode",
    "ledgers",
    "transforms",
    "outputs",
    "issues",
    "next",
  ];

  test.each([
    ["convert x.csv -o x.jsonl", ["plan", "accepted", "duplicates", "elapsedSeconds"]],
    ["convert x.csv --dry-run", ["plan"]],
    ["inspect x.csv", ["plan"]],
    ["validate x.jsonl", ["files", "targets", "elapsedSeconds"]],
    ["explain PAIR_IDENTICAL", ["codes"]],
    ["explain NO_SUCH_CODE", ["error"]],
    ["formats", ["formats"]],
    ["inspect", ["error"]],
    ["convert x.csv -o x.jsonl --no-such-option", ["error"]],
    ["validate x.jsonl --fix", ["error"]],
  ])("of dpo %s begins as every other", async (words, own) => {
    const result = JSON.parse((await dpo(`${words} --json`)).out);
    expect(Object.keys(result)).toEqual([...members, ...own]);
    expect(result).toMatchObject({
      command: words.split(" ")[0],
      ok: result.exitCode === 0,
      ledgers: expect.any(Object),
      transforms: expect.any(Object),
      outputs: expect.any(Array),
      issues: { byCode: expect.any(Array), first: expect.any(Array) },
      next: expect.any(Array),
    });
  });

  test("holds texts of the data only where they are to be looked at", async () => {
    const { preferred } = inspection.plan.sources[0]!.preview[0]!;
    expect((await dpo("convert x.csv -o x.jsonl --json")).out).not.toContain(preferred);
    expect((await dpo("inspect x.csv --json")).out).toContain(preferred);
  });

  test("tells the place of an error", async () => {
    const location = { source: "x.csv", line: 7 };
    runConversion.mockRejectedValue(new DataError("CSV_NO_HEADER", { location }));
    const { error } = JSON.parse((await dpo("convert x.csv -o x.jsonl --json")).out);
    expect(error).toMatchObject({ code: "CSV_NO_HEADER", ...location, column: null, path: null });
  });
});
