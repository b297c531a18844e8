import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, temporaryFolder } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { createDigester, digestFile } from "./digest.ts";

const sha256 = (content: Uint8Array) => `sha256:${createHash("sha256").update(content).digest("hex")}`;

test.each([0, 1, 16_383, 1 << 20, (1 << 20) + 1, 5_000_000])(
  "%d bytes, in parts of all sizes",
  async (length) => {
    const content = Uint8Array.from({ length }, (_, index) => index * 7);
    const random = createRandom(length);
    const digester = createDigester();
    for (let at = 0; at < length; ) {
      const size = random.pick([1, 1_000, 20_000, 3_000_000]);
      const part = content.slice(at, at + size);
      await digester.update(part);
      // They were copied.
      part.fill(0);
      at += size;
    }
    expect(await digester.digest()).toBe(sha256(content));
  },
);

test("several at once, one of them abandoned, and files", async () => {
  const folder = await temporaryFolder();
  const large = new Uint8Array(9_000_000).fill(7);
  const path = join(folder, "large");
  await writeFile(path, large);
  await writeFile(join(folder, "small"), "abc");
  const digesters = [createDigester(), createDigester(), createDigester()];
  await Promise.all(digesters.map((digester, index) => digester.update(large.subarray(index))));
  digesters[1]!.abandon();
  const results = await Promise.all([
    digesters[0]!.digest(),
    digestFile(path),
    digesters[2]!.digest(),
    digestFile(join(folder, "small")),
  ]);
  expect(results).toEqual([large, large, large.subarray(2), Buffer.from("abc")].map(sha256));
  await expect(digestFile(join(folder, "none"))).rejects.toMatchObject({ code: "IO_UNREADABLE" });
});
