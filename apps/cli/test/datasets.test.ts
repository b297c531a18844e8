import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { runDpo } from "./run-dpo.ts";

interface Run {
  exitCode: number | null;
  stdout: string;
  /** Without line breaks, which depend on the width. */
  stderr: string;
  /** The texts of each pair: the last message before the answers, the preferred one, the other. */
  pairs: string[][];
  folder: string;
}

/** Runs a command on a file of rows, with the pairs on standard output where it converts. */
async function run(command: string, input: readonly object[] | string, flags: string[] = []): Promise<Run> {
  const folder = await temporaryFolder();
  const name = typeof input === "string" ? "in.csv" : "in.jsonl";
  const text = typeof input === "string" ? input : input.map((row) => `${JSON.stringify(row)}\n`).join("");
  await writeFile(join(folder, name), text);
  const output = command === "convert" ? ["-o", "out.jsonl"] : [];
  const { exitCode, stdout, stderr } = await runDpo([command, name, ...output, ...flags], { cwd: folder });
  const written = join(folder, "out.jsonl");
  const lines = existsSync(written) ? (await readFile(written, "utf8")).trimEnd().split("\n") : [];
  return {
    exitCode,
    stdout: unwrapped(stdout),
    stderr: unwrapped(stderr),
    pairs: lines.map(textsOf),
    folder,
  };
}

const unwrapped = (text: string): string => text.replace(/\s+/gu, " ");

function textsOf(line: string): string[] {
  const { input, preferred_output, non_preferred_output } = JSON.parse(line);
  return [input.messages.at(-1), preferred_output[0], non_preferred_output[0]].map(({ content }) => content);
}

describe("what else rows could be", () => {
  const row = { prompt: "Hi", chosen: "a", rejected: "b", generations: ["b", "a"], ratings: [5, 1] };

  test("inspect says why a shape was chosen, what else matches, and the flag that chooses it", async () => {
    const { stdout, exitCode } = await run("inspect", [row]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("chosen and rejected are named as better and worse");
    expect(stdout).toContain("also matches");
    expect(stdout).toContain("--from");
    const other = await run("convert", [row], ["--from", "parallel-lists"]);
    expect([(await run("convert", [row])).pairs, other.pairs]).toEqual([
      [["Hi", "a", "b"]],
      [["Hi", "b", "a"]],
    ]);
  });

  test("--columns chooses another prompt", async () => {
    const rows = [{ ...row, question: "Ho" }];
    const asked = await run("inspect", rows);
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain("--columns prompt=prompt or --columns prompt=question");
    const { stdout } = await run("inspect", rows, ["--columns", "prompt=prompt"]);
    expect(stdout).toContain("question is the prompt with --columns prompt=question");
    expect((await run("convert", rows, ["--columns", "prompt=question"])).pairs).toEqual([["Ho", "a", "b"]]);
  });

  test("--verdict chooses another verdict", async () => {
    const rows = [
      {
        prompt: "Hi",
        response_0: "a",
        response_1: "b",
        better_response_id: 0,
        safer_response_id: 1,
      },
    ];
    const asked = await run("inspect", rows);
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain("--verdict better_response_id or --verdict safer_response_id");
    const { stdout } = await run("inspect", rows, ["--verdict", "better_response_id"]);
    expect(stdout).toContain("safer_response_id is the verdict with --verdict safer_response_id");
    expect(stdout).toContain("given with --verdict");
    expect((await run("convert", rows, ["--verdict", "safer_response_id"])).pairs).toEqual([
      ["Hi", "b", "a"],
    ]);
  });

  test("--score chooses another score", async () => {
    const annotations = (rating: string) => ({ honesty: { Rating: rating } });
    const rows = [
      {
        instruction: "Hi",
        completions: [
          { response: "a", overall_score: 1, annotations: annotations("5") },
          { response: "b", overall_score: 9, annotations: annotations("2") },
        ],
      },
    ];
    expect((await run("inspect", rows)).stdout).toContain("overall_score decides with --score overall_score");
    expect((await run("convert", rows)).pairs).toEqual([["Hi", "a", "b"]]);
    expect((await run("convert", rows, ["--score", "overall_score"])).pairs).toEqual([["Hi", "b", "a"]]);
  });

  test("--gather-by chooses what belongs together", async () => {
    const rows = [1, 2, 1, 2].map((id, at) => ({ prompt: "Hi", id, response: `${id}${at}`, score: at }));
    expect((await run("inspect", rows)).stdout).toContain("gathered by other columns with --gather-by NAME");
    expect((await run("convert", rows)).pairs).toEqual([["Hi", "23", "10"]]);
    expect((await run("convert", rows, ["--gather-by", "id"])).pairs).toEqual([
      ["Hi", "12", "10"],
      ["Hi", "23", "21"],
    ]);
  });
});

describe("a label whose direction nobody knows", () => {
  const rows = [
    { prompt: "1", response_a: "a", response_b: "b", label: 1 },
    { prompt: "2", response_a: "a", response_b: "b", label: 0 },
    { prompt: "3", response_a: "a", response_b: "b", label: 1 },
  ];

  test("stops the run, with the counts of both readings", async () => {
    const { exitCode, stderr, pairs } = await run("convert", rows);
    expect({ exitCode, pairs }).toEqual({ exitCode: 2, pairs: [] });
    expect(stderr).toContain("label:0=first,1=second gives first 1, second 2, tie 0");
    expect(stderr).toContain("label:0=second,1=first gives first 2, second 1, tie 0");
  });

  test("is read as the flag says", async () => {
    const { pairs } = await run("convert", rows, ["--verdict", "label:1=first,0=second"]);
    expect(pairs).toEqual([
      ["1", "a", "b"],
      ["2", "b", "a"],
      ["3", "a", "b"],
    ]);
  });
});

describe("what makes no pair", () => {
  const two = { prompt: "Hi", response_a: "a", response_b: "b" };

  test("ties and rows that nobody judged are skipped, in plain words, and end well", async () => {
    const rows = [
      { ...two, winner: "model_a" },
      { ...two, winner: "tie" },
      { ...two, winner: null },
    ];
    const { exitCode, stderr, pairs } = await run("convert", rows);
    expect({ exitCode, pairs }).toEqual({ exitCode: 0, pairs: [["Hi", "a", "b"]] });
    expect(stderr).toContain("records 3 = 1 converted + 2 skipped");
    expect(stderr).toContain("PAIR_TIE: The answers are tied");
    expect(stderr).toContain("PAIR_NO_VERDICT: Nobody judged the answers");
    expect((await run("convert", rows, ["--ties", "error"])).exitCode).toBe(1);
  });

  test("explain takes the short name of a reason", async () => {
    for (const [reason, code] of [
      ["no-verdict", "PAIR_NO_VERDICT"],
      ["unpaired", "PAIR_UNPAIRED"],
      ["tree-not-ready", "PAIRWISE_TREE_NOT_READY"],
      ["tie", "PAIR_TIE"],
    ] as const) {
      const { exitCode, stdout } = await runDpo(["explain", reason]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(code);
    }
  });

  test("input without preferences ends with 1, its reason, and no output", async () => {
    const rows = [{ prompt: "Hi", completion: "Hello" }];
    const { exitCode, stderr, folder } = await run("convert", rows);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("one answer to each prompt");
    expect(existsSync(join(folder, "out.jsonl"))).toBe(false);
  });

  test("lone thumbs are written as KTO lines", async () => {
    const rows = [
      { prompt: "Hi", completion: "a", label: true },
      { prompt: "Hi", completion: "b", label: false },
      { prompt: "Bye", completion: "c", label: true },
      { prompt: "Why", completion: "d", label: false },
    ];
    const { exitCode, stderr, pairs, folder } = await run("convert", rows, ["--unpaired", "kto.jsonl"]);
    expect({ exitCode, pairs }).toEqual({ exitCode: 0, pairs: [["Hi", "a", "b"]] });
    expect(stderr).toContain("PAIR_UNPAIRED: All answers to the prompt were judged alike");
    const lines = (await readFile(join(folder, "kto.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        prompt: [{ role: "user", content: "Bye" }],
        completion: [{ role: "assistant", content: "c" }],
        label: true,
      },
      {
        prompt: [{ role: "user", content: "Why" }],
        completion: [{ role: "assistant", content: "d" }],
        label: false,
      },
    ]);
  });
});

describe("what is changed, and what is only said", () => {
  test("several annotators decide by majority; true and numbers become text, counted", async () => {
    const rows = [
      { instruction: "1", response1: true, response2: "b", annotator1: 1, annotator2: 2, annotator3: 1 },
      { instruction: "2", response1: "a", response2: 7, annotator1: 2, annotator2: 0, annotator3: 2 },
      { instruction: "3", response1: "a", response2: "b", annotator1: 1, annotator2: 2, annotator3: 0 },
    ];
    const { exitCode, stderr, pairs } = await run("convert", rows);
    expect({ exitCode, pairs }).toEqual({
      exitCode: 0,
      pairs: [
        ["1", "true", "b"],
        ["2", "7", "a"],
      ],
    });
    expect(stderr).toContain("2 scalar-to-text");
    expect(stderr).toContain("1 PAIR_TIE");
  });

  test("a template becomes messages, and its end marks leave the answers, counted", async () => {
    const prompt = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n";
    const rows = [{ prompt, chosen: "a<|im_end|>", rejected: "b<|im_end|>\n" }];
    const { stderr, pairs } = await run("convert", rows);
    expect(pairs).toEqual([["Hi", "a", "b"]]);
    expect(stderr).toContain("1 template-to-messages");
    expect(stderr).toContain("2 end-mark-removed");
  });

  test("scores that tie or oppose a given pair, and a prompt that is in no conversation, are noted", async () => {
    const said = (answer: string) => [
      { role: "user", content: "Hi" },
      { role: "assistant", content: answer },
    ];
    const given = { prompt: "Hi", chosen: said("a"), rejected: said("b") };
    const rows = [
      { ...given, score_chosen: 9, score_rejected: 1 },
      { ...given, score_chosen: 4, score_rejected: 4 },
      { ...given, score_chosen: 1, score_rejected: 6, prompt: "Ho" },
    ];
    const { exitCode, stderr, pairs } = await run("convert", rows);
    expect({ exitCode, pairs: pairs.length }).toEqual({ exitCode: 0, pairs: 3 });
    for (const code of ["PAIRWISE_SCORE_TIED", "PAIRWISE_SCORE_OPPOSES", "PAIRWISE_PROMPT_DIFFERS"]) {
      expect(stderr).toContain(`warning ${code}`);
    }
    expect((await run("convert", rows, ["--min-margin", "0"])).pairs).toHaveLength(2);
    expect((await run("convert", rows, ["--min-margin", "1"])).pairs).toHaveLength(1);
  });

  test("--min-margin 2x keeps what has twice the score, as SHP's card advises", async () => {
    const post = { history: "Why?", human_ref_A: "a", human_ref_B: "b" };
    const rows = [
      { ...post, score_A: 8, score_B: 4, labels: 1 },
      { ...post, score_A: 5, score_B: 4, labels: 1 },
      { ...post, score_A: 0, score_B: 3, labels: 0 },
    ];
    const { pairs, stderr } = await run("convert", rows, ["--min-margin", "2x"]);
    expect(pairs).toEqual([
      ["Why?", "a", "b"],
      ["Why?", "b", "a"],
    ]);
    expect(stderr).toContain("PAIR_MARGIN");
  });

  test("a table of arena votes is read as its JSON twin", async () => {
    const table = `id,prompt,response_a,response_b,winner_model_a,winner_model_b,winner_tie
1,"[""Hi""]","[""a""]","[""b""]",0,1,0
2,"[""Bye""]","[""c""]","[""d""]",1,0,0
`;
    const twin = [
      {
        prompt: ["Hi"],
        response_a: ["a"],
        response_b: ["b"],
        winner_model_a: 0,
        winner_model_b: 1,
        winner_tie: 0,
      },
      {
        prompt: ["Bye"],
        response_a: ["c"],
        response_b: ["d"],
        winner_model_a: 1,
        winner_model_b: 0,
        winner_tie: 0,
      },
    ];
    const { exitCode, pairs } = await run("convert", table);
    expect(exitCode).toBe(0);
    expect(pairs).toEqual((await run("convert", twin)).pairs);
    expect(pairs).toEqual([
      ["Hi", "b", "a"],
      ["Bye", "c", "d"],
    ]);
  });
});
