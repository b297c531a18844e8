import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { runProcess, temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { dpoPath, plainEnvironment } from "./run-dpo.ts";

/** What input made to exhaust a machine may take of it. */
const MOST_MEMORY = 400 * 2 ** 20;
/** The same for one conversation of 200,000 messages: a record is held whole, each message an object. */
const MOST_MEMORY_OF_LONG = 800 * 2 ** 20;
/** What runs into it hangs. */
const HANGS_AFTER = 10_000;

const reportPeak =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS+"\\n"))';

interface Ending {
  exitCode: number | null;
  /** Of all issues by code. */
  codes: Record<string, number>;
  error: string | undefined;
  records: number;
  pairs: number;
}

/** Runs the command on hostile input and expects it to end in time, within the memory, with a result or an error. */
async function endOf(
  words: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
  mostMemory: number = MOST_MEMORY,
): Promise<Ending> {
  const { exitCode, signal, stdout, stderr } = await runProcess(
    process.execPath,
    ["--import", reportPeak, dpoPath, ...words, "--json"],
    { env: plainEnvironment, killAfter: HANGS_AFTER, stdin },
  );
  expect({ signal, stdout }).toMatchObject({ signal: null, stdout: expect.stringMatching(/^\{.*\}\n$/su) });
  const peak = Number(/\npeak (\d+)\n/u.exec(stderr)?.[1]) * 1024;
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThan(mostMemory);
  const result = JSON.parse(stdout);
  return {
    exitCode,
    codes: Object.fromEntries(
      result.issues.byCode.map(({ code, count }: { code: string; count: number }) => [code, count]),
    ),
    error: result.error?.code,
    records: result.ledgers.records?.total ?? 0,
    pairs: result.ledgers.pairs?.total ?? 0,
  };
}

/** A text, or bytes, and how often they come one after another. */
type Piece = string | Uint8Array | readonly [string | Uint8Array, number];

async function* piecesOf(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    const [content, times] = Array.isArray(piece) ? piece : [piece, 1];
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let time = 0; time < times; time += 1) {
      yield bytes;
    }
  }
}

const header = "prompt,chosen,rejected\n";
const mebibyte = "x".repeat(2 ** 20);

async function convert(...pieces: Piece[]): Promise<Ending> {
  const output = join(await temporaryFolder(), "out/");
  return endOf(["convert", "-", "-o", output], piecesOf(pieces));
}

const validate = (...pieces: Piece[]): Promise<Ending> => endOf(["validate", "-"], piecesOf(pieces));

describe("dpo convert", { timeout: 120_000 }, () => {
  test.each([
    ["unquoted", "q,", "CSV_CELL_TOO_LARGE"],
    ["in quotes that are never closed", 'q,"', "CSV_UNCLOSED_QUOTE"],
  ])("a line of 1 GB, %s, is one reject", async (_, start, code) => {
    const end = await convert(header, start, [mebibyte, 1024], "\nq,a,b\n");
    expect(end).toMatchObject({ exitCode: 1, codes: { [code]: 1 }, pairs: 1 });
  });

  test("a first line of 1 GB is no header", async () => {
    expect(await convert([mebibyte, 1024])).toMatchObject({ exitCode: 1, error: "CSV_NO_HEADER" });
  });

  test("deep nesting in a cell is a reject", async () => {
    const good = '"[{""role"":""user"",""content"":""q""}]",a,b\n';
    const end = await convert("messages,chosen,rejected\n", ["[", 2 ** 20], ",a,b\n", good);
    expect(end).toMatchObject({ exitCode: 1, codes: { CSV_CELL_NOT_JSON: 1 }, pairs: 1 });
  });

  test("a header of 100,000 columns is a header like any other", async () => {
    const names = Array.from({ length: 99_997 }, (_, index) => `c${index}`).join(",");
    const row = `q,a,b${",".repeat(99_997)}\n`;
    const end = await convert(`prompt,chosen,rejected,${names}\n`, [row, 20]);
    expect(end).toMatchObject({ exitCode: 0, codes: {}, pairs: 20 });
  });

  test("a header that does not end within the first MiB is refused", async () => {
    const end = await convert("prompt,chosen,rejected", [",another column", 100_000], "\nq,a,b\n");
    expect(end).toMatchObject({ exitCode: 1, error: "CSV_NO_HEADER" });
  });

  test("a gzip bomb of 10 GB is refused", async () => {
    const member = gzipSync(new Uint8Array(100 * 2 ** 20).fill(0x61), { level: 9 });
    const end = await convert(gzipSync(`${header}q,a,b\n`), [member, 100]);
    expect(end).toMatchObject({ exitCode: 1, error: "IO_DECOMPRESSION_BOMB" });
  });

  test("__proto__ and constructor are ordinary columns", async () => {
    const end = await convert("prompt,chosen,rejected,__proto__,constructor\nq,a,b,x,y\nq,,b,x,y\n");
    expect(end).toMatchObject({ exitCode: 1, codes: { PAIR_EMPTY_ANSWER: 1 }, pairs: 1 });
  });
});

/** A conversation with two answers, and 200,000 of the same problem. */
const developers: readonly Piece[] = [
  '{"input":{"messages":[',
  ['{"role":"developer","content":"d"},', 200_000],
  '{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"a"}],',
  '"non_preferred_output":[{"role":"assistant","content":"b"}]}\n',
];

describe("a conversation of 200,000 turns", { timeout: 120_000 }, () => {
  const long = async (words: readonly string[], ...pieces: Piece[]): Promise<Ending> =>
    endOf(words, piecesOf(pieces), MOST_MEMORY_OF_LONG);
  const file = async (): Promise<string> => join(await temporaryFolder(), "out.jsonl");
  const question = '{""from"":""human"",""value"":""q""}';
  const answer = '{""from"":""gpt"",""value"":""a""}';
  const unknown = '{""from"":""nobody"",""value"":""q""}';

  test("is converted as any other", async () => {
    const cell: Piece[] = ['"[', [`${question},${answer},`, 100_000], `${question}]"`];
    const end = await long(
      ["convert", "-", "-o", await file()],
      "messages,chosen,rejected\n",
      ...cell,
      ",a,b\n",
    );
    expect(end).toMatchObject({ exitCode: 0, error: undefined, records: 1, pairs: 1 });
  });

  test("with unknown roles is a reject", async () => {
    const cell: Piece[] = ['"[', [`${unknown},`, 200_000], `${question}]"`];
    const end = await long(
      ["convert", "-", "-o", await file()],
      "messages,chosen,rejected\n",
      ...cell,
      ",a,b\n",
    );
    expect(end).toMatchObject({ exitCode: 1, error: undefined, records: 1, pairs: 0 });
    expect(end.codes.PAIR_ROLE_UNKNOWN).toBeGreaterThan(0);
  });

  test("with a problem each is reported", async () => {
    const end = await long(["validate", "-"], ...developers);
    expect(end).toMatchObject({ exitCode: 1, error: undefined });
    expect(end.codes.MESSAGE_ROLE_DEVELOPER).toBeGreaterThan(0);
  });

  test("with a problem each is mended", async () => {
    const output = await file();
    const end = await long(["validate", "-", "--fix", "-o", output], ...developers);
    expect(end.error).toBeUndefined();
    expect(await readFile(output, "utf8")).toMatch(
      /^\{"input":\{"messages":\[\{"role":"system","content":"d"\}/u,
    );
  });
});

describe("dpo validate", { timeout: 120_000 }, () => {
  test("a line of 1 GB is one error", async () => {
    const end = await validate('{"input":"', [mebibyte, 1024], '"}\n{}\n');
    expect(end).toMatchObject({ exitCode: 1, codes: { IO_LINE_TOO_LONG: 1, LINE_MISSING_KEY: 3 } });
  });

  test("deep nesting is an error", async () => {
    const end = await validate('{"input":', ["[", 2 ** 20], "\n{}\n");
    expect(end).toMatchObject({ exitCode: 1, codes: { IO_JSON_TOO_DEEP: 1, LINE_MISSING_KEY: 3 } });
  });
});
