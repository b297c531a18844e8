import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type FineTuningServer,
  type FineTuningServerOptions,
  type ProcessResult,
  temporaryFolder,
  withFineTuningServer,
} from "@dpo-kit/testkit";
import { expect } from "vitest";
import { dpoPath, plainEnvironment, runDpo } from "./run-dpo.ts";

/** A provider on loopback, a folder with files to train on, and the command. */
export interface TuneBench {
  readonly server: FineTuningServer;
  readonly folder: string;
  /** Runs `dpo tune` to its end. */
  dpo(words: string, env?: Record<string, string | undefined>): Promise<ProcessResult>;
  /** Runs `dpo tune` and kills it as soon as something holds, which must come before its end. */
  killWhen(words: string, holds: () => boolean): Promise<void>;
}

/** Lines of pairs, each prompt once. */
export function pairLines(count: number, name = "Question"): string {
  return Array.from({ length: count }, (_, index) => {
    const answer = (content: string): object => ({ role: "assistant", content });
    const input = {
      messages: [{ role: "user", content: `${name} ${index}` }],
      tools: [],
      parallel_tool_calls: true,
    };
    const outputs = {
      preferred_output: [answer(`Yes, ${index}.`)],
      non_preferred_output: [answer(`No, ${index}.`)],
    };
    return `${JSON.stringify({ input, ...outputs })}\n`;
  }).join("");
}

/** Runs `use` with a provider, `train.jsonl` of 60 pairs and `validation.jsonl` of 5. */
export async function withTuneBench(
  options: FineTuningServerOptions,
  use: (bench: TuneBench) => Promise<void>,
): Promise<void> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "train.jsonl"), pairLines(60));
  await writeFile(join(folder, "validation.jsonl"), pairLines(5, "Other"));
  await withFineTuningServer(options, async (server) => {
    const { provider = "openai" } = options;
    const wordsOf = (words: string): string[] => [
      "tune",
      ...words.split(" "),
      ...["--base-url", server.baseUrl],
      ...(provider === "openai" ? [] : ["--provider", provider]),
    ];
    const variables = environmentOf(server);
    await use({
      server,
      folder,
      async dpo(words, env = {}) {
        const result = await runDpo(wordsOf(words), { cwd: folder, env: { ...variables, ...env } });
        expect(result.stdout + result.stderr).not.toContain(server.apiKey);
        return result;
      },
      killWhen: (words, holds) => killWhen(wordsOf(words), { holds, cwd: folder, env: variables }),
    });
  });
}

function environmentOf({ apiKey }: FineTuningServer): Record<string, string | undefined> {
  return {
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: undefined,
    AZURE_OPENAI_API_KEY: apiKey,
    AZURE_OPENAI_ENDPOINT: undefined,
    AZURE_OPENAI_API_VERSION: undefined,
    OPENAI_API_VERSION: undefined,
    TOGETHER_API_KEY: apiKey,
    FIREWORKS_API_KEY: apiKey,
    FIREWORKS_ACCOUNT_ID: "loopback",
  };
}

interface Killing {
  readonly holds: () => boolean;
  readonly cwd: string;
  readonly env: Record<string, string | undefined>;
}

async function killWhen(words: readonly string[], { holds, cwd, env }: Killing): Promise<void> {
  const child = spawn(process.execPath, [dpoPath, ...words], {
    cwd,
    env: { ...process.env, ...plainEnvironment, ...env },
    stdio: "ignore",
  });
  const timer = setInterval(() => {
    if (holds()) {
      child.kill("SIGKILL");
    }
  }, 2);
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => {
    child.on("close", (_, by) => resolve(by));
  });
  clearInterval(timer);
  expect(signal).toBe("SIGKILL");
}
