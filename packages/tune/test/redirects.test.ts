import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { withFineTuningServer } from "@dpo-kit/testkit";
import { afterEach, expect, test } from "vitest";
import { createFineTuningProvider, type ProviderId } from "../src/index.ts";
import { openConnection } from "../src/requests/connection.ts";
import { askOnce } from "../src/requests/rest-client.ts";
import { trainingFile } from "./training-files.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that answers every request alike, and the headers that it was sent. */
async function serverThat(
  status: number,
  headers: (path: string) => Record<string, string>,
): Promise<{ port: number; seen: IncomingHttpHeaders[] }> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(status, headers(request.url!)).end('{"data":[]}');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, seen };
}

const providers: ProviderId[] = ["openai", "azure", "together", "fireworks", "compatible"];

test.each(providers)("%s: an answer that leads to another host is refused, and not followed", async (id) => {
  const other = await serverThat(200, () => ({ "content-type": "application/json" }));
  const own = await serverThat(307, (path) => ({
    location: `http://localhost:${other.port}${path}&sig=secret`,
  }));
  const provider = await createFineTuningProvider(id, {
    key: "the-key",
    baseUrl: `http://127.0.0.1:${own.port}/v1`,
    account: "loopback",
    sleep: async () => {},
  });
  const asked = provider.listJobs().next();
  await expect(asked).rejects.toMatchObject({
    code: "TUNE_REQUEST_REFUSED",
    message: expect.stringContaining(`leads elsewhere to localhost:${other.port};`),
  });
  await expect(asked).rejects.not.toThrow("secret");
  expect(own.seen).toHaveLength(1);
  expect(other.seen).toEqual([]);
});

test.each(["http://store.example.com/x?sig=secret", "file:///etc/passwd", "nonsense"])(
  "the address %s is not asked for files",
  async (path) => {
    const connection = openConnection("together", "https://api.example.com", { key: "the-key" });
    const asked = askOnce(connection, { method: "PUT", path, body: new Blob(["text"]) });
    await expect(asked).rejects.toMatchObject({ code: "TUNE_REQUEST_REFUSED" });
    await expect(asked).rejects.not.toThrow("secret");
  },
);

test("a file of Together's that was sent and never processed is processed by the next attempt", () =>
  withFineTuningServer({ provider: "together", advance: "manual" }, async (server) => {
    const provider = await createFineTuningProvider("together", {
      key: server.apiKey,
      baseUrl: server.baseUrl,
    });
    const file = trainingFile();
    const { id } = await provider.uploadFile(file, { before: false });
    expect(await provider.uploadFile(file, { before: true })).toMatchObject({ id, state: "processing" });
    expect(server.count(/^PUT /u)).toBe(1);
    expect(server.count(/^POST .*\/preprocess$/u)).toBe(2);
  }));
