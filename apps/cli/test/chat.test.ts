import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { runDpo } from "./run-dpo.ts";

const message = (id: string, role: string, text: string): object => ({
  id,
  author: { role, name: null, metadata: { user_email: "person@example.org" } },
  content: { content_type: "text", parts: [text] },
  status: "finished_successfully",
});

/** A question with two answers, of which the user went on from the second. */
const conversation = {
  id: "c-1",
  title: "Capitals",
  create_time: 1,
  current_node: "u2",
  mapping: {
    r: { id: "r", message: null, parent: null, children: ["u1"] },
    u1: {
      id: "u1",
      message: message("u1", "user", "Capital of France?"),
      parent: "r",
      children: ["a1", "a2"],
    },
    a1: { id: "a1", message: message("a1", "assistant", "Lyon."), parent: "u1", children: [] },
    a2: { id: "a2", message: message("a2", "assistant", "Paris."), parent: "u1", children: ["u2"] },
    u2: { id: "u2", message: message("u2", "user", "And of Italy?"), parent: "a2", children: ["a3"] },
    a3: { id: "a3", message: message("a3", "assistant", "Rome."), parent: "u2", children: [] },
  },
};

const thumb = (id: string, rating: string): object => ({
  id,
  conversation_id: "c1",
  user_id: "user-SECRET",
  rating,
  content: "{}",
});
const feedback = [thumb("a1", "thumbs_down"), thumb("a2", "thumbs_up"), thumb("a3", "thumbs_up")];
const person = { id: "user-SECRET", email: "person@example.org" };

const exported = {
  "conversations.json": JSON.stringify([conversation]),
  "message_feedback.json": JSON.stringify(feedback),
  "user.json": JSON.stringify(person),
};

interface Run {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  folder: string;
}

const unwrapped = (text: string): string => text.replace(/\s+/gu, " ");

async function run(files: Record<string, string>, words: readonly string[]): Promise<Run> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const { exitCode, stdout, stderr } = await runDpo(words, { cwd: folder });
  return { exitCode, stdout: unwrapped(stdout), stderr: unwrapped(stderr), folder };
}

async function sidesOf(folder: string, file: string): Promise<string[][]> {
  const lines = (await readFile(join(folder, file), "utf8")).trimEnd().split("\n");
  return lines.map((line) => {
    const { preferred_output, non_preferred_output } = JSON.parse(line);
    return [preferred_output[0].content, non_preferred_output[0].content];
  });
}

const inFolder = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(exported).map(([file, content]) => [`${name}/${file}`, content]));

describe("a chat export", () => {
  test("is read as a whole from its folder: thumbs find the answers they are of", async () => {
    const { exitCode, stderr, folder } = await run(inFolder("export"), ["convert", "export", "-o", "out/"]);
    expect(exitCode).toBe(0);
    expect(await sidesOf(folder, "out/train.jsonl")).toEqual([["Paris.", "Lyon."]]);
    expect(stderr).toContain("1 conversation, 1 branch point");
    expect(stderr).toContain("judgements thumb 3");
    expect(stderr).toContain("pairs by thumbs 1");
    expect(stderr).toContain("3 of 3 entries of message feedback");
    expect(stderr).toContain("1 thumb made no pair: --unpaired writes it for KTO");
    const manifest = JSON.parse(await readFile(join(folder, "out/manifest.json"), "utf8"));
    expect(manifest.chat).toMatchObject({ conversations: 1, loneThumbs: 1, pairs: { thumbs: 1 } });
    expect(manifest.inputs[0].name).toBe("export");
  });

  test("gives the same from its files side by side, in any order", async () => {
    const files = ["message_feedback.json", "conversations.json"];
    const { exitCode, folder } = await run(exported, ["convert", ...files, "-o", "out.jsonl"]);
    expect(exitCode).toBe(0);
    expect(await sidesOf(folder, "out.jsonl")).toEqual([["Paris.", "Lyon."]]);
  });

  test("without ratings says what switched-off signals would make, and makes it when asked", async () => {
    const alone = { "conversations.json": exported["conversations.json"] };
    const usual = await run(alone, ["convert", "conversations.json", "-o", "out.jsonl"]);
    expect(usual.exitCode).toBe(1);
    expect(usual.stderr).toContain("kept would make 1 pair: --signals default,kept");
    expect(existsSync(join(usual.folder, "out.jsonl"))).toBe(false);
    const asked = await run(alone, [
      "convert",
      "conversations.json",
      "-o",
      "out.jsonl",
      "--signals",
      "default,kept",
    ]);
    expect(asked.exitCode).toBe(0);
    expect(await sidesOf(asked.folder, "out.jsonl")).toEqual([["Paris.", "Lyon."]]);
  });

  test("ratings alone are refused with what to give beside them", async () => {
    const { exitCode, stderr } = await run(exported, ["convert", "message_feedback.json", "-o", "out.jsonl"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("CHAT_SIDECAR_ALONE");
    expect(stderr).toContain("Give conversations.json as well");
  });

  test.each([
    [
      "feedback.jsonl",
      '{"id":"f","run_id":"r","key":"good","score":1,"feedback_source":{"type":"app"}}\n',
      "Give the runs as well",
    ],
    [
      "scores.csv",
      "id,traceId,observationId,source,name,dataType,value\ns,t,o,ANNOTATION,good,NUMERIC,1\n",
      "Export the traces",
    ],
  ])("judgements of traces alone are refused too: %s", async (name, content, advice) => {
    const { exitCode, folder, stderr } = await run({ [name]: content }, ["convert", name, "-o", "out.jsonl"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("CHAT_SIDECAR_ALONE");
    expect(stderr).toContain(advice);
    expect(await readdir(folder)).toEqual([name]);
  });

  test("that was cut short says so, and gives what was complete", async () => {
    const whole = JSON.stringify([{ ...conversation, id: "c-0" }, conversation]);
    const cut = { "export/conversations.json": whole.slice(0, -40) };
    const words = ["convert", "export", "-o", "out/", "--signals", "all"];
    const { exitCode, folder, stderr } = await run(cut, words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("CHAT_FILE_CUT: The file ends inside a value");
    expect(stderr).toContain("$[1]");
    expect(stderr).toContain("fix: Export or download the file again");
    expect(stderr).toContain("conversations read 2 = 1 into records + 1 malformed");
    expect(await sidesOf(folder, "out/train.jsonl")).toEqual([["Paris.", "Lyon."]]);
  });

  test("without a pair is told without a table of providers, and what would make one comes next", async () => {
    const alone = { "conversations.json": exported["conversations.json"] };
    const { stderr } = await run(alone, ["convert", "conversations.json", "-o", "out.jsonl"]);
    expect(stderr).not.toContain("accepted by");
    expect(stderr).toContain("next dpo inspect conversations.json --signals default,kept");
  });

  test("lone thumbs are KTO lines where --unpaired names a file", async () => {
    const words = ["convert", "export", "-o", "out/", "--unpaired", "kto.jsonl"];
    const { folder } = await run(inFolder("export"), words);
    const lines = (await readFile(join(folder, "kto.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        prompt: [
          { role: "user", content: "Capital of France?" },
          { role: "assistant", content: "Paris." },
          { role: "user", content: "And of Italy?" },
        ],
        completion: [{ role: "assistant", content: "Rome." }],
        label: true,
      },
    ]);
  });

  test("leaves people out of every file, of damaged exports too", async () => {
    const damaged = { ...inFolder("export") };
    damaged["export/conversations.json"] =
      `${exported["conversations.json"].slice(0, -1)},{"id":"c2","mapping":`;
    const words = [
      "convert",
      "export",
      "-o",
      "out/",
      "--provenance",
      "--unpaired",
      "kto.jsonl",
      "--issues",
      "issues.jsonl",
    ];
    const { exitCode, folder, stderr } = await run(damaged, words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("rejected");
    const names = await readdir(join(folder, "out"));
    expect(names).toEqual(["manifest.json", "provenance.jsonl", "rejects.jsonl", "train.jsonl"]);
    const written = [...names.map((name) => `out/${name}`), "kto.jsonl", "issues.jsonl"];
    for (const name of written) {
      const text = await readFile(join(folder, name), "utf8");
      expect(text).not.toMatch(/SECRET|person@example/u);
    }
  });

  test("inspect draws the tree around a pair", async () => {
    const { exitCode, stdout } = await run(inFolder("export"), ["inspect", "export"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("a ChatGPT export");
    expect(stdout).toContain("user Capital of France?");
    expect(stdout).toContain("├─ non-preferred [thumb down] Lyon.");
    expect(stdout).toContain("└─ preferred [thumb up, continued] Paris.");
  });
});

describe("an annotation tool", () => {
  const task = {
    id: 1,
    data: { x: "Hi", y: "Yo", z: "Hello" },
    annotations: [{ result: [{ type: "pairwise", value: { selected: "right" } }] }],
  };

  test("whose fields have names that nobody knows is asked for them", async () => {
    const words = ["convert", "tasks.json", "-o", "out.jsonl"];
    const files = { "tasks.json": JSON.stringify([task]) };
    const unknown = await run(files, words);
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stderr).toContain("CHAT_FIELDS_UNKNOWN");
    expect(unknown.stderr).toContain("--task-fields");
    const named = await run(files, [...words, "--task-fields", "x,y,z"]);
    expect(named.exitCode).toBe(0);
    expect(await sidesOf(named.folder, "out.jsonl")).toEqual([["Hello", "Yo"]]);
  });
});

describe("logs without preferences", () => {
  test("are refused by name, with the reason and what to do instead; nothing is written", async () => {
    const rows = [
      {
        conversations: [
          { from: "human", value: "Hi" },
          { from: "gpt", value: "Hello" },
        ],
      },
    ];
    const files = { "sharegpt.json": JSON.stringify(rows) };
    const { exitCode, stderr, folder } = await run(files, ["convert", "sharegpt.json", "-o", "out.jsonl"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("CHAT_NO_PREFERENCES");
    expect(stderr).toMatch(/fix: \S/u);
    expect(await readdir(folder)).toEqual(["sharegpt.json"]);
  });

  test("signals have names", async () => {
    const words = ["convert", "export", "-o", "out/", "--signals", "likes"];
    const { exitCode, stderr } = await run(inFolder("export"), words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is no signal called "likes"');
  });

  test("--json tells the counts of chat logs", async () => {
    const { stdout } = await run(inFolder("export"), ["convert", "export", "-o", "out/", "--json"]);
    expect(JSON.parse(stdout).chat).toMatchObject({ conversations: 1, judgements: { thumb: 3 } });
  });
});
