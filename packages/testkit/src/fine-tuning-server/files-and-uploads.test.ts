import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { FineTuningServer } from "./server-options.ts";
import { ask, formOf, idOf, preferenceLines, upload } from "./test-client.ts";
import { withFineTuningServer } from "./with-fine-tuning-server.ts";

describe("files and uploads", () => {
  test("a file may end in an error, expire, or be deleted", () =>
    withFineTuningServer({ files: [{ error: "Example 3 cannot be parsed." }] }, async (server) => {
      const broken = await upload(server);
      expect((await ask(server, `GET /v1/files/${broken}`)).body).toMatchObject({
        status: "error",
        status_details: "Example 3 cannot be parsed.",
      });
      const expiring = await ask(
        server,
        "POST /v1/files",
        formOf({
          purpose: "fine-tune",
          "expires_after[anchor]": "created_at",
          "expires_after[seconds]": "3600",
        }),
      );
      server.passTime(3600);
      expect((await ask(server, `GET /v1/files/${idOf(expiring.body)}`)).status).toBe(404);
      expect((await ask(server, `DELETE /v1/files/${broken}`)).body).toMatchObject({ deleted: true });
      expect((await ask(server, "GET /v1/files")).body).toMatchObject({ data: [], has_more: false });
      expect(server.files).toHaveLength(2);
    }));

  const content = preferenceLines(10);
  const md5 = createHash("md5").update(content).digest("hex");
  const create = (server: FineTuningServer, more: object = {}): ReturnType<typeof ask> =>
    ask(server, "POST /v1/uploads", {
      filename: "train.jsonl",
      purpose: "fine-tune",
      bytes: content.length,
      mime_type: "application/jsonl",
      ...more,
    });
  const add = async (server: FineTuningServer, id: string, piece: string): Promise<string> =>
    idOf(
      (await ask(server, `POST /v1/uploads/${id}/parts`, formOf({}, { name: "data", content: piece }))).body,
    );

  test("parts are joined in the order that is given last", () =>
    withFineTuningServer({}, async (server) => {
      const id = idOf((await create(server)).body);
      const last = await add(server, id, content.slice(50));
      const first = await add(server, id, content.slice(0, 50));
      const complete = (body: object): ReturnType<typeof ask> =>
        ask(server, `POST /v1/uploads/${id}/complete`, body);
      expect((await complete({ part_ids: [first] })).status).toBe(400);
      expect((await complete({ part_ids: [first, "part_x"] })).status).toBe(400);
      expect((await complete({ part_ids: [last, first] })).status).toBe(400);
      const wrong = await complete({ part_ids: [first, last], md5: md5.replace(/./gu, "0") });
      expect(wrong).toMatchObject({ status: 400, body: { error: { param: "md5" } } });
      expect((await complete({ part_ids: [first, last], md5 })).body).toMatchObject({ status: "completed" });
      expect(server.files[0]!.content.toString()).toBe(content);
      expect((await complete({ part_ids: [first, last] })).status).toBe(400);
    }));

  test("files and parts have a largest size, and parts are not empty", () =>
    withFineTuningServer({ limits: { file: 100, part: 100 } }, async (server) => {
      const id = idOf((await create(server)).body);
      await add(server, id, "");
      await add(server, id, "a".repeat(101));
      expect(server.uploads[0]!.parts.size).toBe(0);
      await add(server, id, "a".repeat(100));
      expect(server.uploads[0]!.parts.size).toBe(1);
      expect((await ask(server, "POST /v1/files", formOf({ purpose: "fine-tune" }))).status).toBe(413);
    }));

  test("an upload ends after an hour, or when it is cancelled", () =>
    withFineTuningServer({}, async (server) => {
      const [first, second] = [idOf((await create(server)).body), idOf((await create(server)).body)];
      expect((await ask(server, `POST /v1/uploads/${first}/cancel`)).body).toMatchObject({
        status: "cancelled",
      });
      server.passTime(3600);
      await add(server, first, content);
      await add(server, second, content);
      expect(server.uploads.map(({ stage }) => stage)).toEqual(["cancelled", "expired"]);
      expect(server.uploads.map(({ parts }) => parts.size)).toEqual([0, 0]);
    }));

  test.each([
    { bytes: 0 },
    { bytes: 2 ** 33 + 1 },
    { purpose: "evals" },
    { mime_type: "jsonl" },
    { filename: "a.csv" },
    { md5 },
  ])("an upload with %o is refused", (more) =>
    withFineTuningServer({}, async (server) => {
      expect((await create(server, more)).status).toBe(400);
    }),
  );
});
