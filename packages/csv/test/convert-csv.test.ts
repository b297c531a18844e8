import type { Outcome } from "@dpo-kit/batch";
import { collect, toBytes } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { type CsvConvertOptions, convertCsv, encodeCsv, planCsv, readCsv } from "../src/index.ts";

const header = "prompt,chosen,rejected\n";

async function only(text: string, options: CsvConvertOptions = {}): Promise<Outcome> {
  const outcomes = await collect(convertCsv(text, options));
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
}

async function issueOf(text: string, options: CsvConvertOptions = {}) {
  const outcome = await only(text, options);
  return outcome.kind === "rejected" ? outcome.issues[0]! : expect.unreachable(outcome.kind);
}

describe("a rejected record", () => {
  test("tells what was expected, what was found, where, and what to do", async () => {
    expect(await issueOf(`${header}"a\nb",c,d,e\n`, { source: "f.csv" })).toEqual({
      code: "CSV_RAGGED_ROW",
      severity: "error",
      message: "The row has 4 fields, the header 3",
      location: { source: "f.csv", ordinal: 0, line: 3, column: 8, byteOffset: 33 },
      expected: "3 fields",
      found: "4",
      hint: expect.stringContaining("Quote the field"),
    });
  });

  test("places a cell at its quote, in UTF-16 code units", async () => {
    const { location } = await issueOf(`${header}𝒜é,"x\ny","  "\n`);
    expect(location).toMatchObject({ line: 3, column: 4, path: "rejected" });
    const same = await issueOf(`${header}𝒜é,"x","x"\n`);
    expect(same.location).toMatchObject({ line: 2, column: 9, path: "rejected" });
  });

  test.each([
    ['a, "b, c",d\n', "Remove the space before the quote"],
    ['a,"b" ,d\n', "Remove the space behind the closing quote"],
    ['a,"say \\"b\\"",d\n', "escaped with a backslash"],
  ])("has a hint for %j", async (row, hint) => expect((await issueOf(header + row)).hint).toContain(hint));

  test("holds the record by its columns, whatever they are called", async () => {
    const outcome = await only("__proto__,a,a,prompt,chosen,rejected\n1,2,3,same,x,x\n");
    const value = { a: "2", "a (2)": "3", prompt: "same", chosen: "x", rejected: "x" };
    expect(outcome).toMatchObject({ kind: "rejected", record: { bytes: 14 } });
    const record = "record" in outcome ? outcome.record?.value : undefined;
    expect(JSON.stringify(record)).toBe(
      JSON.stringify(JSON.parse(`{"__proto__":"1",${JSON.stringify(value).slice(1)}`)),
    );
  });

  test("holds the text of a row that cannot be read, with U+FFFD for what is no UTF-8", async () => {
    const bytes = Uint8Array.from([
      ...toBytes(`${header}${"é".repeat(200)},b,c\n`),
      0x61,
      0xff,
      0x2c,
      0x62,
      0x2c,
      0x63,
    ]);
    const outcomes = await collect(convertCsv(bytes, { encoding: "utf-8" }));
    expect(outcomes[1]).toMatchObject({
      malformed: true,
      issues: [{ code: "IO_INVALID_ENCODING", hint: expect.stringContaining("--encoding windows-1252") }],
      record: { value: "a\ufffd,b,c", bytes: 6 },
    });
  });

  test("tells all that is wrong with it", async () => {
    const outcome = await only(`messages,chosen,rejected,tools\nnonsense,,same,{oops\n`);
    expect(outcome.kind === "rejected" && outcome.issues.map(({ code }) => code)).toEqual([
      "CSV_CELL_NOT_JSON",
      "CSV_CELL_NOT_JSON",
      "PAIR_EMPTY_ANSWER",
    ]);
  });
});

describe("what was changed is named", () => {
  const list = (...messages: [string, string][]): string =>
    `"${JSON.stringify(messages.map(([role, content]) => ({ role, content }))).replaceAll('"', '""')}"`;

  test.each([
    ["prompt,chosen,rejected,system\na,b,c,Be kind.\n", {}, ["system-from-column"]],
    [`${header}a,b,c\n`, { system: "Be kind." }, ["system-from-option"]],
    [`${header}a,b,c\n`, { promptTemplate: "{prompt}!" }, ["prompt-from-template"]],
    [
      `messages,chosen,rejected\n${list(["human", "Hi"])},b,c\n`,
      {},
      ["cell-parsed-as-messages", "role-renamed", "prompt-from-last-user-message"],
    ],
    [
      `messages,prompt,chosen,rejected\n${list(["user", "Hi"])},Hi,b,c\n`,
      {},
      ["cell-parsed-as-messages", "repeated-prompt-removed"],
    ],
    [
      `${header}Hi,${list(["system", "S"], ["user", " Hi"], ["assistant", "b"])},${list(["user", "Hi"], ["assistant", "c"])}\n`,
      {},
      [
        "cell-parsed-as-messages",
        "cell-parsed-as-messages",
        "repeated-prompt-removed",
        "repeated-prompt-removed",
      ],
    ],
  ])("%j", async (text, options, transforms) => {
    const outcome = await only(text, options);
    expect(outcome.kind === "pairs" && outcome.pairs[0]!.transforms).toEqual(transforms);
  });

  test("another encoding", async () => {
    const bytes = Buffer.from(`${header}caf\u00e9,b,c\n`, "latin1");
    const [outcome] = await collect(convertCsv(bytes));
    expect(outcome).toMatchObject({ pairs: [{ transforms: ["encoding-to-utf-8"] }] });
    const [batch] = await collect(encodeCsv(bytes));
    expect(batch!.transforms).toEqual(new Map([["encoding-to-utf-8", 1]]));
  });
});

test("a system message that only the answers have becomes part of the context", async () => {
  const chat = (answer: string): string =>
    `"[{'role':'system','content':'S'},{'role':'user','content':'Hi'},{'role':'assistant','content':'${answer}'}]"`;
  const outcome = await only(`${header}Hi,${chat("yes")},${chat("no")}\n`);
  expect(outcome).toMatchObject({
    pairs: [{ example: { input: { messages: [{ role: "system" }, { role: "user", content: "Hi" }] } } }],
  });
});

test("a plan made before is executed", async () => {
  const text = "a,b,c\n1,2,3\n";
  const columns = { prompt: "c", preferred: "b", nonPreferred: "a" };
  const plan = planCsv({ head: toBytes(text), headIsComplete: true }, { columns });
  expect(await only(text, { plan })).toMatchObject({
    pairs: [{ example: { preferred_output: [{ content: "2" }] } }],
  });
});

test("byte offsets count a byte order mark, lines a separator line", async () => {
  const rows = await collect(readCsv(toBytes("\ufeffsep=;\nx;y\n1;2\n")));
  expect(rows).toMatchObject([
    { kind: "row", cells: ["1", "2"], at: { line: 3, byteOffset: 13, ordinal: 0 } },
  ]);
});

test("ending early closes the source", async () => {
  let closed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield toBytes(header);
      while (true) {
        yield toBytes("a,b,c\n".repeat(100_000));
      }
    } finally {
      closed = true;
    }
  }
  for await (const outcome of convertCsv(source())) {
    expect(outcome.kind).toBe("pairs");
    break;
  }
  expect(closed).toBe(true);
});

test("a limit leaves the rest unread", async () => {
  const units = { read: 0, blank: 0, malformed: 0, intoRecords: 0, unjoined: 0, notRead: 0 };
  const text = `\n${header}\na,b,c\nragged\n\n\nd,e,f\n`;
  const outcomes = await collect(convertCsv(text, { limit: 2, units }));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["pairs", "rejected"]);
  expect(units).toMatchObject({ read: 4, blank: 2, malformed: 1, intoRecords: 1 });
});

test.each([
  ["", "IO_EMPTY"],
  ["version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "IO_GIT_LFS_POINTER"],
  ["<!DOCTYPE html><html><body>Sign in</body></html>", "IO_HTML_PAGE"],
])("%j is refused", async (text, code) => {
  await expect(collect(convertCsv(text))).rejects.toMatchObject({ code });
});

test("a header with no rows gives no outcomes", async () => {
  expect(await collect(convertCsv("prompt,chosen,rejected"))).toEqual([]);
});
