import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { type ProcessResult, runProcess } from "../run-process.ts";
import { dropConnection } from "./faults.ts";
import { startFineTuningServer, withFineTuningServer } from "./with-fine-tuning-server.ts";

test("what a process has done is there for the next one, until the server is closed", async () => {
  const server = await startFineTuningServer({
    faults: [{ on: /^POST/u, effect: dropConnection("after-request") }],
  });
  const script = `
    const { BASE_URL, API_KEY, METHOD } = process.env;
    const form = new FormData();
    form.append("purpose", "fine-tune");
    form.append("file", new Blob(['{"messages":[]}']), "train.jsonl");
    const headers = { authorization: "Bearer " + API_KEY };
    const body = METHOD === "POST" ? form : undefined;
    const response = await fetch(BASE_URL + "/files", { method: METHOD, headers, body });
    console.log((await response.json()).data.length);
  `;
  const run = (METHOD: string): Promise<ProcessResult> =>
    runProcess(process.execPath, ["--input-type=module", "-e", script], {
      env: { BASE_URL: server.baseUrl, API_KEY: server.apiKey, METHOD },
    });
  expect(await run("POST")).toMatchObject({ exitCode: 1, stdout: "" });
  expect(await run("GET")).toMatchObject({ exitCode: 0, stdout: "1\n" });
  expect(server.count(/^(?:POST|GET) \/v1\/files$/u)).toBe(2);
  await server.close();
  expect(await run("GET")).toMatchObject({ exitCode: 1 });
});

test("a process is killed when its request is done, and before it has the answer", () =>
  withFineTuningServer({ faults: [{ on: /^GET/u, effect: { kind: "stall" } }] }, async (server) => {
    const script = "fetch(process.env.BASE_URL + '/models').then((response) => response.text())";
    const child = spawn(process.execPath, ["-e", script], {
      env: { ...process.env, BASE_URL: server.baseUrl },
    });
    const request = await server.next(/^GET \/v1\/models$/u);
    expect(request).toMatchObject({ status: 401, answer: { error: { code: "invalid_api_key" } } });
    child.kill("SIGKILL");
    const [exitCode, signal] = await once(child, "close");
    expect([exitCode, signal]).toEqual([null, "SIGKILL"]);
  }));
