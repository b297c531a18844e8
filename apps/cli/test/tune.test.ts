import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  answerStatus,
  dropConnection,
  type FineTuningFault,
  type FineTuningServerOptions,
  startFineTuningServer,
  tooManyRequests,
} from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { fakeHost } from "./fake-host.ts";
import { runDpo } from "./run-dpo.ts";
import { pairLines, withTuneBench } from "./tune-environment.ts";

const model = "gpt-4.1-mini-2025-04-14";
const create = `create train.jsonl --validation validation.jsonl --model ${model} --beta 0.1 --epochs auto --batch-size auto --learning-rate-multiplier auto --suffix s --seed 7 --metadata k=v --wandb project`;
const quick = "--poll-interval 0.01";
const both = `sft-then-dpo train.jsonl --model ${model} --yes ${quick}`;
const creations = /^POST \/v1\/fine_tuning\/jobs$/u;
const uploads = /^POST \/v1\/files$/u;

describe("create", () => {
  test("uploads, waits, and creates the job that the flags say", () =>
    withTuneBench({}, async ({ server, dpo, folder }) => {
      const { exitCode, stdout, stderr } = await dpo(`${create} --yes ${quick}`);
      expect(exitCode).toBe(0);
      const automatic = { beta: 0.1, batch_size: "auto", learning_rate_multiplier: "auto", n_epochs: "auto" };
      expect(server.jobs[0]!.request).toMatchObject({
        model,
        training_file: server.files[0]!.id,
        validation_file: server.files[1]!.id,
        method: { type: "dpo", dpo: { hyperparameters: automatic } },
        suffix: "s",
        seed: 7,
        metadata: { k: "v", dpo_kit_job: expect.any(String) },
        integrations: [{ type: "wandb", wandb: { project: "project" } }],
      });
      expect(stdout).toContain(server.jobs[0]!.id);
      expect(stdout).toContain("dpo tune watch");
      expect(stderr).toContain("tokens");
      const state = await readFile(join(folder, "train.tune.json"), "utf8");
      expect(state).toContain(server.jobs[0]!.id);
      expect(state).not.toContain(server.apiKey);
    }));

  test("the same again is the same job; --force-new another one", () =>
    withTuneBench({}, async ({ server, dpo }) => {
      await dpo(`${create} --yes ${quick}`);
      // Nothing is spent, so nobody has to say yes.
      expect((await dpo(`${create} ${quick}`)).exitCode).toBe(0);
      expect(server.jobs).toHaveLength(1);
      expect((await dpo(`${create} --yes --force-new ${quick}`)).exitCode).toBe(0);
      expect(server.jobs).toHaveLength(2);
      expect(server.count(uploads)).toBe(2);
    }));

  test("two at the same time upload once and create one job", () =>
    withTuneBench({}, async ({ server, dpo, folder }) => {
      const words = `${create} --yes ${quick}`;
      const both = await Promise.all([dpo(words), dpo(words)]);
      // The slower one either is refused or finds the job.
      for (const { exitCode, stderr } of both.filter((one) => one.exitCode !== 0)) {
        expect(exitCode).toBe(2);
        expect(stderr).toContain("TUNE_IN_USE");
      }
      expect(both.some(({ exitCode }) => exitCode === 0)).toBe(true);
      expect(server.jobs).toHaveLength(1);
      expect(server.files).toHaveLength(2);
      expect(await readdir(folder)).not.toContain("train.tune.json.lock");
    }));

  test("of a job that has failed it ends with 1, and says how another is made", () =>
    withTuneBench(
      { jobs: [{ fails: { code: "invalid_training_file", message: "Example 3 is wrong" } }] },
      async ({ server, dpo }) => {
        const words = `create train.jsonl --model ${model} --yes ${quick}`;
        await dpo(words);
        server.finish(server.jobs[0]!.id);
        const again = await dpo(words);
        expect(again.exitCode).toBe(1);
        expect(again.stdout).toContain("Example 3 is wrong");
        expect(again.stdout.replace(/\s+/gu, " ")).toContain("--force-new makes another");
        expect(server.jobs).toHaveLength(1);
        expect((await dpo(`${words} --force-new`)).exitCode).toBe(0);
        expect(server.jobs).toHaveLength(2);
      },
    ));

  test("nothing is sent unless somebody says yes; the cost is shown", () =>
    withTuneBench({}, async ({ server, dpo }) => {
      const { exitCode, stderr } = await dpo(create);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("60 pairs");
      expect(stderr).toContain("TUNE_NOT_CONFIRMED");
      expect(server.requests).toEqual([]);
    }));

  test("--dry-run prints the requests, needs no key, and sends nothing", () =>
    withTuneBench({}, async ({ server, dpo, folder }) => {
      const { exitCode, stdout } = await dpo(`${create} --dry-run`, { OPENAI_API_KEY: undefined });
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`POST ${server.baseUrl}/fine_tuning/jobs`);
      expect(stdout).toContain("Bearer [key]");
      expect(stdout).toContain('"beta": 0.1');
      expect(server.requests).toEqual([]);
      expect(await readdir(folder)).toEqual(["train.jsonl", "validation.jsonl"]);
    }));

  test("nothing that the provider would refuse is uploaded", () =>
    withTuneBench({}, async ({ server, dpo, folder }) => {
      await writeFile(join(folder, "train.jsonl"), `${pairLines(12)}{"input":\n`);
      const { exitCode, stdout } = await dpo(`${create} --yes`);
      expect(exitCode).toBe(1);
      expect(stdout).toContain("LINE_INVALID_JSON");
      expect(stdout).toContain("Nothing was uploaded");
      await writeFile(join(folder, "train.jsonl"), pairLines(9));
      const few = await dpo(`${create} --yes --json`);
      expect(few.exitCode).toBe(1);
      expect(JSON.parse(few.stdout).issues.byCode[0].code).toBe("FILE_TOO_FEW_LINES");
      expect(server.requests).toEqual([]);
    }));

  test.each([
    ["create train.jsonl", "Which model"],
    [`create train.jsonl --model ${model} --beta 2.1`, "--beta"],
    [`create train.jsonl --model ${model} --beta 0`, "--beta"],
    [`create train.jsonl --model ${model} --epochs 51`, "1 to 50"],
    [`create train.jsonl --model ${model} --batch-size 257`, "1 to 256"],
    [`create train.jsonl --model ${model} --learning-rate-multiplier 0`, "--learning-rate-multiplier"],
    [`create train.jsonl --model ${model} --suffix ${"x".repeat(65)}`, "64 characters"],
    [`create train.jsonl --model ${model} --seed 2147483648`, "--seed"],
    [`create train.jsonl --model ${model} --metadata k`, "key=value"],
    [`create train.txt --model ${model}`, "train.txt"],
    [`create missing.jsonl --model ${model}`, "missing.jsonl"],
    ["watch", "needs"],
    ["watch train.jsonl", "TUNE_JOB_UNKNOWN"],
    ["watch a --beta 1", "--beta"],
    ["explode", "sft-then-dpo"],
    ["list more", "more"],
    ["status ftjob-gone", "TUNE_NOT_FOUND"],
  ])("%s is a usage error", (words, said) =>
    withTuneBench({}, async ({ server, folder }) => {
      const host = fakeHost({ env: { OPENAI_API_KEY: server.apiKey } });
      const named = words.split(" ").map((word) => (word.startsWith("train.") ? join(folder, word) : word));
      expect(await main(["tune", ...named, "--base-url", server.baseUrl], host)).toBe(2);
      expect(host.err().replace(/\s+/gu, " ")).toContain(said);
      expect(server.files).toEqual([]);
    }),
  );

  test("a model past its end is refused with the date and where the format still runs", () =>
    withTuneBench({}, async ({ folder, server }) => {
      const words = ["tune", "create", "train.jsonl", "--model", "gpt-4.1-nano", "--yes"];
      const { exitCode, stderr } = await runDpo(words, { cwd: folder, env: { OPENAI_API_KEY: "sk-none" } });
      expect(exitCode).toBe(2);
      expect(stderr).toContain("TUNE_ENDED");
      expect(stderr).toContain("2026-10-23");
      expect(stderr).toContain("--provider azure");
      expect(server.requests).toEqual([]);
    }));
});

describe("killed in the middle and run again, there is one upload of each file and one job", () => {
  const words = `create train.jsonl --model ${model} --yes ${quick}`;

  test.each<[string, FineTuningFault, "files" | "jobs"]>([
    ["after the upload, before its answer", { on: uploads, effect: { kind: "stall" } }, "files"],
    ["after the job, before its answer", { on: creations, effect: { kind: "stall" } }, "jobs"],
  ])("%s", (_, fault, what) =>
    withTuneBench({ faults: [fault] }, async ({ server, dpo, killWhen }) => {
      await killWhen(words, () => server[what].length === 1);
      const { exitCode, stdout } = await dpo(words);
      expect(exitCode).toBe(0);
      expect(server.files).toHaveLength(1);
      expect(server.jobs).toHaveLength(1);
      expect(server.count(uploads)).toBe(1);
      expect(server.count(creations)).toBe(1);
      expect(stdout).toContain(server.jobs[0]!.id);
    }),
  );

  test("while the file is processed", () =>
    withTuneBench({ advance: "manual" }, async ({ server, dpo, killWhen }) => {
      await killWhen(words, () => server.count(/^GET \/v1\/files\//u) > 1);
      server.advance(server.files[0]!.id);
      expect((await dpo(words)).exitCode).toBe(0);
      expect(server.count(uploads)).toBe(1);
      expect(server.jobs).toHaveLength(1);
    }));

  test("while a job is watched", () =>
    withTuneBench({ advance: "manual", files: [{ polls: 0 }] }, async ({ server, dpo, killWhen }) => {
      await dpo(words);
      const watch = `watch train.jsonl ${quick}`;
      await killWhen(watch, () => server.count(/^GET \/v1\/fine_tuning\/jobs\/[^/]+$/u) > 2);
      server.finish(server.jobs[0]!.id);
      const { exitCode, stdout } = await dpo(watch);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("succeeded");
      expect(server.jobs).toHaveLength(1);
    }));

  test.each<[string, number]>([
    ["the supervised job", 1],
    ["the DPO job", 2],
  ])("sft-then-dpo, while %s runs", (_, jobs) => {
    const plans = Array.from({ length: 2 }, (__, index) => (index === jobs - 1 ? { polls: 1e6 } : {}));
    return withTuneBench({ jobs: plans }, async ({ server, dpo, killWhen }) => {
      await killWhen(both, () => server.jobs.length === jobs && server.jobs[jobs - 1]!.polls > 2);
      plans[jobs - 1]!.polls = 1;
      expect((await dpo(both)).exitCode).toBe(0);
      expect(server.jobs.map(({ method }) => method)).toEqual(["supervised", "dpo"]);
      expect(server.count(uploads)).toBe(2);
      expect(server.count(creations)).toBe(2);
    });
  });
});

describe("sft-then-dpo", () => {
  async function contentsAfter(words: string): Promise<{ sft: string[]; dpo: string[]; prompts: number }> {
    let contents = { sft: [""], dpo: [""], prompts: 0 };
    await withTuneBench({}, async ({ server, dpo }) => {
      const { exitCode, stdout } = await dpo(words);
      expect(exitCode).toBe(0);
      const [first, second] = server.jobs;
      expect(second!.model).toBe(first!.fineTunedModel);
      expect(stdout).toContain(second!.fineTunedModel);
      const linesOf = (id: string): string[] =>
        server.files
          .find((file) => file.id === id)!
          .content.toString()
          .trim()
          .split("\n");
      const prompt = (line: string): string => /Question \d+/u.exec(line)![0];
      const [sft, dpoLines] = [linesOf(first!.trainingFile), linesOf(second!.trainingFile)];
      expect(JSON.parse(sft[0]!).messages.at(-1).content).toMatch(/^Yes/u);
      contents = {
        sft: sft.map(prompt),
        dpo: dpoLines.map(prompt),
        prompts: new Set([...sft, ...dpoLines].map(prompt)).size,
      };
    });
    return contents;
  }

  test("trains preferred answers of a part of the prompts, and DPO on the others from that model", async () => {
    const { sft, dpo, prompts } = await contentsAfter(`${both} --sft-fraction 0.4`);
    expect(sft.length).toBeGreaterThanOrEqual(10);
    expect(sft.length + dpo.length).toBe(60);
    expect(prompts).toBe(60);
  });

  test("or on all prompts; the seed draws the part", async () => {
    const part = `${both} --sft-prompts part --sft-fraction 0.4`;
    const one = await contentsAfter(`${part} --seed 1`);
    expect(one.dpo).toHaveLength(60);
    expect((await contentsAfter(`${part} --seed 1`)).sft).toEqual(one.sft);
    expect((await contentsAfter(`${part} --seed 2`)).sft).not.toEqual(one.sft);
  });

  test("a supervised job that fails ends it with 1, and there is no DPO job", () =>
    withTuneBench(
      { jobs: [{ fails: { code: "invalid_training_file", message: "Example 3 is wrong" } }] },
      async ({ server, dpo }) => {
        const { exitCode, stderr } = await dpo(both);
        expect(exitCode).toBe(1);
        expect(stderr).toContain("TUNE_JOB_FAILED");
        expect(stderr).toContain("Example 3 is wrong");
        expect(server.jobs).toHaveLength(1);
      },
    ));

  test("too small a part is refused before anything is sent", () =>
    withTuneBench({}, async ({ server, dpo }) => {
      const { exitCode, stderr } = await dpo(`${both} --sft-fraction 0.01`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("train.sft.jsonl has");
      expect(server.requests).toEqual([]);
    }));

  test("--dry-run prints both jobs", () =>
    withTuneBench({}, async ({ server, dpo }) => {
      const { exitCode, stdout } = await dpo(`${both} --dry-run`);
      expect(exitCode).toBe(0);
      expect(stdout.match(/fine_tuning\/jobs/gu)).toHaveLength(2);
      expect(stdout).toContain("[model of the supervised job]");
      expect(server.requests).toEqual([]);
    }));
});

describe("jobs", () => {
  const created = `create train.jsonl --model ${model} --yes ${quick}`;

  test("watch tells each event and ends with the model", () =>
    withTuneBench({}, async ({ server, dpo }) => {
      await dpo(created);
      const { exitCode, stdout, stderr } = await dpo(`watch ${server.jobs[0]!.id} ${quick}`);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(server.jobs[0]!.fineTunedModel);
      expect(stderr.match(/^Step \d.*train_loss/gmu)).toHaveLength(6);
    }));

  test("watch --json is one object", () =>
    withTuneBench({}, async ({ dpo }) => {
      await dpo(created);
      const { stdout, stderr } = await dpo(`watch train.jsonl --json ${quick}`);
      const told = JSON.parse(stdout);
      expect(told).toMatchObject({ command: "tune", action: "watch", ok: true, job: { state: "succeeded" } });
      expect(told.events.length).toBeGreaterThan(6);
      expect(stderr).toBe("");
    }));

  test("watch of a job that fails ends with 1 and says why", () =>
    withTuneBench(
      { jobs: [{ fails: { code: "invalid_training_file", message: "Example 3 is wrong" } }] },
      async ({ dpo }) => {
        await dpo(created);
        const { exitCode, stdout } = await dpo(`watch train.jsonl ${quick}`);
        expect(exitCode).toBe(1);
        expect(stdout).toContain("invalid_training_file: Example 3 is wrong");
      },
    ));

  test("list, status, checkpoints, cancel", () =>
    withTuneBench({}, async ({ server, dpo }) => {
      await dpo(created);
      const { id } = server.jobs[0]!;
      expect((await dpo("list")).stdout).toContain(id);
      expect((await dpo(`status ${id}`)).stdout).toContain(model);
      expect((await dpo("cancel train.jsonl")).stdout).toContain("cancelled");
      await dpo(`${created} --force-new`);
      server.finish(server.jobs[1]!.id);
      const { stdout } = await dpo("checkpoints train.jsonl");
      expect(stdout).toContain("step");
      expect(stdout).toContain("ckpt-step");
    }));

  test("results: CSV and a chart", () =>
    withTuneBench({}, async ({ server, dpo, folder }) => {
      await dpo(created);
      expect((await dpo("results train.jsonl")).stderr).toContain("TUNE_NO_RESULTS");
      server.finish(server.jobs[0]!.id);
      const piped = await dpo("results train.jsonl");
      expect(piped.stdout).toMatch(/^step,train_loss,train_mean_token_accuracy\n1,/u);
      expect(piped.stderr).toContain("█");
      expect((await dpo("results train.jsonl -o metrics.csv")).exitCode).toBe(0);
      expect(await readFile(join(folder, "metrics.csv"), "utf8")).toBe(piped.stdout);
      expect(await readFile(join(folder, "metrics.svg"), "utf8")).toContain("<polyline");
      expect((await dpo("results train.jsonl -o metrics.csv")).stderr).toContain("IO_OUTPUT_EXISTS");
      expect((await dpo("results train.jsonl -o metrics.csv --force")).exitCode).toBe(0);
    }));
});

describe("failures of the provider", () => {
  const words = `create train.jsonl --model ${model} --yes ${quick}`;
  const steps = [uploads, /^GET \/v1\/files\//u, creations];

  const passing = steps.flatMap((on) => [
    { on, effect: tooManyRequests({ milliseconds: 1 }) },
    { on, effect: answerStatus(500, { "retry-after-ms": "1" }) },
    { on, effect: dropConnection("after-request") },
  ]);

  test("429, 500 and a dropped connection at each step are waited out", () =>
    withTuneBench({ faults: passing }, async ({ server, dpo }) => {
      expect((await dpo(words)).exitCode).toBe(0);
      expect(server.faults).toEqual([]);
      expect(server.files).toHaveLength(1);
      expect(server.jobs).toHaveLength(1);
    }));

  test.each(steps)("401 at %s ends it with 2", (on) =>
    withTuneBench({ faults: [{ on, effect: answerStatus(401) }] }, async ({ server, dpo }) => {
      const { exitCode, stderr } = await dpo(words);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("TUNE_NOT_AUTHORISED");
      expect(server.jobs).toEqual([]);
      // With the key put right, it goes on.
      expect((await dpo(words)).exitCode).toBe(0);
      expect(server.files).toHaveLength(1);
    }),
  );

  test("a wrong key, and none", () =>
    withTuneBench({}, async ({ dpo }) => {
      const wrong = await dpo(words, { OPENAI_API_KEY: "sk-wrong-key" });
      expect(wrong.exitCode).toBe(2);
      expect(wrong.stderr).not.toContain("sk-wrong-key");
      const none = await dpo(words, { OPENAI_API_KEY: "" });
      expect(none.exitCode).toBe(2);
      expect(none.stderr).toContain("OPENAI_API_KEY is not set");
    }));

  test("a file that is refused ends it with 1", () =>
    withTuneBench({ files: [{ error: "line 3 is no object" }] }, async ({ dpo }) => {
      const { exitCode, stderr } = await dpo(words);
      expect(exitCode).toBe(1);
      expect(stderr.replace(/\s+/gu, " ")).toContain("line 3 is no object");
    }));

  test("a provider that is not there is said to be so at once, as JSON too", () =>
    withTuneBench({}, async ({ folder }) => {
      const gone = await startFineTuningServer();
      await gone.close();
      const { exitCode, stdout } = await runDpo(
        ["tune", ...words.split(" "), "--json", "--base-url", gone.baseUrl],
        { cwd: folder, env: { OPENAI_API_KEY: "sk-none" } },
      );
      expect(exitCode).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({
        command: "tune",
        exitCode: 2,
        error: { code: "TUNE_UNREACHABLE", message: expect.stringContaining("ECONNREFUSED") },
      });
    }));
});

test.each<[NonNullable<FineTuningServerOptions["provider"]>, string]>([
  ["azure", model],
  ["together", "Qwen/Qwen3-8B"],
  ["fireworks", "accounts/fireworks/models/qwen3-8b"],
])("at %s, a job and its metrics", (provider, base) =>
  withTuneBench({ provider }, async ({ server, dpo }) => {
    const created = await dpo(`create train.jsonl --model ${base} --beta 0.1 --yes ${quick}`);
    expect(created.stderr).not.toContain("error");
    expect(created.exitCode).toBe(0);
    const watched = await dpo(`watch train.jsonl ${quick}`);
    expect(watched.exitCode).toBe(0);
    expect(watched.stdout).toContain(server.jobs[0]!.fineTunedModel);
    expect((await dpo("results train.jsonl")).stdout).toContain("train_loss");
  }),
);

describe("at a terminal", () => {
  const words = (folder: string, baseUrl: string): string[] => [
    ...["tune", "create", join(folder, "train.jsonl"), "--model", model, "--base-url", baseUrl],
    ...["--poll-interval", "0.01"],
  ];

  test.each([
    ["y", 0, 1],
    ["no", 2, 0],
  ])("the answer %s ends it with %i and %i jobs", (answer, exitCode, jobs) =>
    withTuneBench({}, async ({ server, folder }) => {
      const asked: string[] = [];
      const host = {
        ...fakeHost({ env: { OPENAI_API_KEY: server.apiKey } }),
        ask: async (question: string) => {
          asked.push(question);
          return answer;
        },
      };
      expect(await main(words(folder, server.baseUrl), host)).toBe(exitCode);
      expect(asked).toHaveLength(1);
      expect(host.err()).toContain("60 pairs");
      expect(server.jobs).toHaveLength(jobs);
    }),
  );

  test("losses are drawn over as they come", () =>
    withTuneBench({}, async ({ server, folder, dpo }) => {
      await dpo(`create train.jsonl --model ${model} --yes ${quick}`);
      const host = fakeHost({ stderrIsTTY: true, env: { OPENAI_API_KEY: server.apiKey } });
      const watch = ["tune", "watch", join(folder, "train.jsonl"), "--base-url", server.baseUrl];
      expect(await main([...watch, "--poll-interval", "0.01"], host)).toBe(0);
      expect(host.err()).toContain("train_loss");
      expect(host.err()).toContain("█");
      expect(host.err()).toContain("\u001b[J");
    }));
});
