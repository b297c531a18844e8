import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withLoopbackServer } from "./loopback-server.ts";
import { runProcess } from "./run-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("runProcess", () => {
  test("gives exit code and both outputs", async () => {
    const script =
      "process.stdin.pipe(process.stdout); console.error(process.env.COLOUR); process.exitCode = 3;";
    const result = await runProcess(process.execPath, ["-e", script], {
      stdin: "grün",
      env: { COLOUR: "blue" },
    });
    expect(result).toEqual({ exitCode: 3, signal: null, stdout: "grün", stderr: "blue\n" });
  });

  test("a process that never ends is killed", async () => {
    const result = await runProcess(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], {
      killAfter: 200,
    });
    expect(result).toMatchObject({ exitCode: null, signal: "SIGKILL" });
  });

  test("a process that does not read its input is no error", async () => {
    const result = await runProcess(process.execPath, ["-e", "process.exit(0)"], {
      stdin: new Uint8Array(5_000_000),
    });
    expect(result.exitCode).toBe(0);
  });

  test("a command that does not exist rejects", async () => {
    await expect(runProcess("no-such-command-here", [])).rejects.toThrow("ENOENT");
  });
});

describe("withLoopbackServer", () => {
  test("serves while in use, and not after", async () => {
    const origin = await withLoopbackServer(
      (request, response) => void response.end(`hello ${request.url}`),
      async (server) => {
        expect(await (await fetch(`${server.origin}/a`)).text()).toBe("hello /a");
        expect(server.requests).toEqual(["GET /a"]);
        return server.origin;
      },
    );
    await expect(fetch(origin)).rejects.toThrow();
  });

  test("an error in the handler is a 500", async () => {
    const status = await withLoopbackServer(
      () => Promise.reject(new Error("no")),
      async ({ origin }) => (await fetch(origin)).status,
    );
    expect(status).toBe(500);
  });
});

describe("temporaryFolder", () => {
  let folder = "";
  test("is there during the test", async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder, "x"), "x");
  });
  test("and gone after it", async () => {
    await expect(access(folder)).rejects.toThrow("ENOENT");
  });
});
