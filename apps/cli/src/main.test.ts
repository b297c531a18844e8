import { readFileSync } from "node:fs";
import { optionsOf } from "@dpo-kit/pipeline/options";
import { issueCodes } from "@dpo-kit/schema";
import { describe, expect, test } from "vitest";
import { type FakeHostOptions, fakeHost } from "../test/fake-host.ts";
import { commandDescriptions } from "./command-line/command-descriptions.ts";
import { flagsOf } from "./command-line/parse-command-line.ts";
import { formatCliReference } from "./help/cli-reference.ts";
import { isOptionCommand } from "./help/option-commands.ts";
import { helpTopics } from "./help/topics.ts";
import { main } from "./main.ts";

async function dpo(
  words: string[],
  options: FakeHostOptions = {},
): Promise<{ exitCode: number; out: string; err: string }> {
  const host = fakeHost(options);
  const exitCode = await main(words, host);
  return { exitCode, out: host.out(), err: host.err() };
}

describe("help", () => {
  test.each([[["--help"]], [["-h"]], [["help"]], [["--help", "convert"]], [["help", "--help"]]])(
    "%j is the overview",
    async (words) => {
      const { exitCode, out, err } = await dpo(words);
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
      for (const { name } of [...commandDescriptions, ...helpTopics]) {
        expect(out).toContain(name);
      }
    },
  );

  test("without a command it is the overview too, but a wrong call", async () => {
    const { exitCode, out, err } = await dpo([]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toContain("Usage: dpo <command>");
  });

  test.each(commandDescriptions.map(({ name }) => name).filter((name) => name !== "help"))(
    "of %s: -h anywhere, with every flag",
    async (name) => {
      const { exitCode, out } = await dpo([name, "x", "--no-such-flag", "-h"]);
      expect(exitCode).toBe(0);
      expect(out).toBe((await dpo(["help", name])).out);
      expect(out.indexOf("Examples:")).toBeLessThan(out.indexOf("Options:"));
      const flags = isOptionCommand(name)
        ? flagsOf(optionsOf(name)).filter((flag) => !flag.startsWith("--no-"))
        : [];
      for (const flag of flags) {
        expect(out).toContain(flag);
      }
    },
  );

  test("-h behind -- is no call for help", async () => {
    expect((await dpo(["explain", "--", "-h"])).exitCode).toBe(2);
  });

  test.each(helpTopics.map(({ name }) => name))("topic %s", async (name) => {
    const { exitCode, out } = await dpo(["help", name]);
    expect(exitCode).toBe(0);
    expect(out.split("\n").length).toBeGreaterThan(5);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("of something unknown says what there is", async () => {
    expect(await dpo(["help", "exit-code"])).toEqual({
      exitCode: 2,
      out: "",
      err: "error: There is no help for exit-code\nDid you mean dpo help exit-codes?\n",
    });
    expect((await dpo(["help", "xyzzy"])).err).toContain("There is: convert, ");
  });
});

test("--version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(await dpo(["--version"])).toEqual({ exitCode: 0, out: `dpo ${version}\n`, err: "" });
});

describe("a first word that is no command", () => {
  test.each([
    ["convrt", "Did you mean dpo convert?"],
    ["feedback.csv", "To convert it: dpo convert feedback.csv -o feedback.jsonl"],
    ["--json", "A command comes first: convert"],
    ["xyzzy", "Commands: convert, inspect"],
    ["__proto__", "Commands: convert"],
    ["\u001b[2Jx", "There is no command \\x1b[2Jx"],
  ])("%s", async (word, said) => {
    const { exitCode, out, err } = await dpo([word]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toContain(said);
    expect(err).not.toContain("\u001b");
  });
});

describe("wrong calls", () => {
  test.each(["convert", "inspect", "validate", "explain", "completion"])(
    "%s without operands shows its usage",
    async (name) => {
      const { exitCode, out, err } = await dpo([name]);
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
      expect(err).toContain(`Usage: dpo ${name}`);
    },
  );

  test("an unknown flag", async () => {
    const { exitCode, err } = await dpo(["convert", "a.csv", "--ouput", "x"]);
    expect(exitCode).toBe(2);
    expect(err).toBe("error RUN_OPTION_INVALID: There is no option --ouput\nfix: Did you mean --output?\n");
  });

  test("with --json the failure is an object", async () => {
    const { exitCode, out, err } = await dpo([
      "convert",
      "a.csv",
      "--json",
      "--limit",
      "x",
      "-o",
      "out.jsonl",
    ]);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: "" });
    expect(JSON.parse(out)).toMatchObject({
      schema: "dpo-kit/result@1",
      command: "convert",
      ok: false,
      exitCode: 2,
      error: {
        code: "RUN_OPTION_INVALID",
        message: '--limit takes a whole number, not "x"',
        hint: expect.any(String),
      },
    });
  });

  test.each([["-o", "-"], ["--output=-"], []])(
    "with %s it goes to standard error, where data goes to standard output",
    async (...output) => {
      const { out, err } = await dpo(["convert", "a.csv", "--json", "--limit", "x", ...output]);
      expect(out).toBe("");
      expect(JSON.parse(err)).toMatchObject({ ok: false });
    },
  );

  test("convert onto a terminal asks where to, with a command to paste", async () => {
    const { exitCode, out, err } = await dpo(["convert", "my data.csv"], {
      stdoutIsTTY: true,
      env: { NO_COLOR: "1" },
    });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toContain("RUN_OUTPUT_UNCLEAR");
    expect(err).toContain("dpo convert 'my data.csv' -o 'my data.jsonl'");
  });

  test("--fix needs a place, and -o needs --fix", async () => {
    expect((await dpo(["validate", "train.jsonl", "--fix"])).err).toContain(
      "dpo validate train.jsonl --fix -o train.fixed.jsonl",
    );
    expect((await dpo(["validate", "train.jsonl", "-o", "x.jsonl"])).err).toContain("-o belongs to --fix");
    expect((await dpo(["validate", "train.jsonl", "--fix-drop-unknown"])).err).toContain("belongs to --fix");
  });

  test("a shell that is not known", async () => {
    const { exitCode, err } = await dpo(["completion", "bsh"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("Did you mean bash?");
  });
});

describe("explain", () => {
  test.each(["CSV_RAGGED_ROW", "csv_ragged_row", "csv-ragged-row"])("%s", async (code) => {
    const { exitCode, out } = await dpo(["explain", code]);
    expect(exitCode).toBe(0);
    expect(out).toContain("CSV_RAGGED_ROW: The row has another number of fields than the header");
    expect(out).toContain("What happens");
    expect(out).toContain("rfc4180");
  });

  test("every code of the registry, and it fits the width", async () => {
    const { exitCode, out } = await dpo(["explain", ...Object.keys(issueCodes)], { columns: 100 });
    expect(exitCode).toBe(0);
    for (const code of Object.keys(issueCodes)) {
      expect(out).toContain(`${code}: `);
    }
  });

  test("an unknown code gives the nearest", async () => {
    const { exitCode, out, err } = await dpo(["explain", "CSV_RAGED"]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toContain("There is no code CSV_RAGED");
    expect((await dpo(["explain", "ragged"])).err).toContain("Did you mean CSV_RAGGED_ROW?");
    expect((await dpo(["explain", "toString"])).err).toContain("Codes begin with");
  });

  test("--json", async () => {
    const { out } = await dpo(["explain", "IO_EMPTY", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      schema: "dpo-kit/result@1",
      command: "explain",
      ok: true,
      exitCode: 0,
      codes: [{ code: "IO_EMPTY", kind: "refusal", severity: "error" }],
    });
  });
});

describe("colours", () => {
  test("on a terminal, and not behind NO_COLOR or --no-color", async () => {
    const colour = "\u001b[";
    expect((await dpo(["explain", "IO_EMPTY"], { stdoutIsTTY: true })).out).toContain(colour);
    expect(
      (await dpo(["explain", "IO_EMPTY"], { stdoutIsTTY: true, env: { NO_COLOR: "1" } })).out,
    ).not.toContain(colour);
    expect((await dpo(["explain", "IO_EMPTY", "--no-color"], { stdoutIsTTY: true })).out).not.toContain(
      colour,
    );
    expect((await dpo(["explain", "IO_EMPTY", "--color"])).out).toContain(colour);
  });

  test("each stream for itself", async () => {
    const { err } = await dpo(["explain", "nothing"], { stdoutIsTTY: true });
    expect(err).not.toContain("\u001b");
  });
});

test("the reference in docs is up to date (node apps/cli/scripts/generate.mjs writes it)", () => {
  expect(readFileSync(new URL("../../../docs/cli.md", import.meta.url), "utf8")).toBe(formatCliReference());
});
