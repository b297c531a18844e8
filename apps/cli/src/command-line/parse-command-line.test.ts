import { DataError } from "@dpo-kit/schema";
import { describe, expect, test } from "vitest";
import { parseCommandLine } from "./parse-command-line.ts";
import { conversionRequest, readingRequest, validationRequest } from "./requests.ts";

const words = (text: string): string[] => (text === "" ? [] : text.split(" "));

function failure(act: () => unknown): DataError {
  try {
    act();
  } catch (error) {
    if (DataError.isInstance(error)) {
      return error;
    }
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("dpo convert", () => {
  test.each<[string, object]>([
    ["a.csv", {}],
    ["a.csv -o out.jsonl", { output: "out.jsonl" }],
    ["-o- a.csv", { output: "-" }],
    ["a.csv -o -", { output: "-" }],
    ["a.csv --output=x", { output: "x" }],
    ["a.csv -qo x", { quiet: true, output: "x" }],
    ["a.csv --from csv", { from: "csv" }],
    ["a.csv --delimiter tab --quote '", { delimiter: "\t", quote: "'" }],
    ["a.csv --delimiter -", { delimiter: "-" }],
    ["a.csv --encoding windows-1252", { encoding: "windows-1252" }],
    [
      "a.csv --columns prompt=q,preferred=a,non_preferred=b",
      { columns: { prompt: "q", preferred: "a", nonPreferred: "b" } },
    ],
    ["a.csv --columns prompt=q --columns preferred=a", { columns: { prompt: "q", preferred: "a" } }],
    ["a.csv --columns prompt=q --columns prompt=q", { columns: { prompt: "q" } }],
    ["a.csv --target together --target azure,together", { target: ["together", "azure"] }],
    ["a.csv --max-cell-bytes 1MiB", { maxCellBytes: 1_048_576 }],
    ["a.csv --limit 5 --limit 7", { limit: 7 }],
    ["a.csv --allow-rejects 1.5%", { allowRejects: { kind: "percent", value: 1.5 } }],
    ["a.csv --allow-rejects 3", { allowRejects: { kind: "count", value: 3 } }],
    ["a.csv --on-invalid stop", { onInvalid: "stop" }],
    ["a.csv --no-digest", { digest: false }],
    ["a.csv --digest", { digest: true }],
    ["a.csv --no-color --color", { color: true }],
    [
      "a.csv --dry-run --lean --provenance --force",
      { dryRun: true, lean: true, provenance: true, force: true },
    ],
    ["a.csv --system -", { system: "-" }],
    ["a.csv --system=--force", { system: "--force" }],
  ])("%s", (text, values) => {
    expect(parseCommandLine("convert", words(text))).toEqual({
      command: "convert",
      operands: ["a.csv"],
      values,
    });
  });

  test("texts are taken as they are, spaces, dashes and nothing included", () => {
    const { values } = parseCommandLine("convert", [
      "--system",
      "- be kind",
      "--prompt-template",
      "{a}\\n{b}",
    ]);
    expect(values).toEqual({ system: "- be kind", promptTemplate: "{a}\\n{b}" });
    expect(parseCommandLine("convert", ["--system", ""]).values).toEqual({ system: "" });
  });

  test("inputs keep their order; after -- everything is one", () => {
    expect(parseCommandLine("convert", words("b.csv - --json a.csv -- --force -h")).operands).toEqual([
      "b.csv",
      "-",
      "a.csv",
      "--force",
      "-h",
    ]);
  });

  test("the request holds what is done, not how it is told", () => {
    const line = parseCommandLine(
      "convert",
      words("a.csv --json -q --no-progress --color --lean -o x.jsonl"),
    );
    expect(conversionRequest(line, "x.jsonl")).toEqual({ inputs: ["a.csv"], output: "x.jsonl", lean: true });
    expect(readingRequest(line)).toEqual({ inputs: ["a.csv"], lean: true });
  });
});

test("dpo validate", () => {
  const line = parseCommandLine(
    "validate",
    words("a.jsonl --fix --fix-drop-unknown -o b.jsonl --target azure --json"),
  );
  expect(validationRequest(line)).toEqual({
    inputs: ["a.jsonl"],
    fix: true,
    fixDropUnknown: true,
    output: "b.jsonl",
    target: ["azure"],
  });
});

describe("what is refused", () => {
  test.each([
    ["--colum prompt=q", "There is no option --colum", "Did you mean --columns?"],
    ["--collumns prompt=q", "There is no option --collumns", "Did you mean --columns?"],
    ["--nodigest", "There is no option --nodigest", "Did you mean --no-digest?"],
    ["--no-force", "There is no option --no-force", "Did you mean --force?"],
    ["--xyzzy", "There is no option --xyzzy", "-h lists the options of this command."],
    ["-x", "There is no option -x", "-h lists the options of this command."],
    ["--force=yes", "--force takes no value", "Write it as --force alone."],
    ["-o", "-o needs a value: -o <path>", "Where to write"],
    ["-o --force", "-o needs a value: -o <path>", "If --force is meant as the value, write -o=--force"],
    ["--on-invalid", "--on-invalid needs a value: --on-invalid reject|skip|stop", "What becomes of"],
    ["--on-invalid ignore", '--on-invalid takes reject, skip, stop, not "ignore"', "What becomes of"],
    ["--limit many", '--limit takes a whole number, not "many"', "Read at most"],
    ["--target openai,acme", '--target takes openai, azure, together, fireworks, not "acme"', "Providers"],
    [
      "--columns prompt=a --columns prompt=b",
      "--columns names two columns for one role: a and b",
      "Name one",
    ],
  ])("%s", (text, message, hint) => {
    const error = failure(() => parseCommandLine("convert", words(text)));
    expect(error.code).toBe("RUN_OPTION_INVALID");
    expect(error.message).toBe(message);
    expect(error.hint).toContain(hint);
  });

  test("an option of another command is not known", () => {
    expect(failure(() => parseCommandLine("explain", ["--fix"])).message).toBe("There is no option --fix");
  });
});
