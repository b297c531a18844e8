import { readdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, it } from "vitest";
import { createDiskSpill } from "./disk-spill.ts";

describe("createDiskSpill", () => {
  it("keeps what is appended, and reads it anywhere", async () => {
    const spill = createDiskSpill(await temporaryFolder());
    const file = spill.createFile();
    file.append(Uint8Array.of(1, 2, 3));
    file.append(Uint8Array.of(4, 5));
    const target = new Uint8Array(3);
    expect(file.byteLength).toBe(5);
    expect(file.read(target, 1)).toBe(3);
    expect([...target]).toEqual([2, 3, 4]);
    expect(file.read(target, 4)).toBe(1);
    expect(file.read(target, 5)).toBe(0);
    spill.close();
  });

  it("makes its folder with the first file, and leaves nothing behind", async () => {
    const folder = await temporaryFolder();
    const spill = createDiskSpill(folder);
    expect(readdirSync(folder)).toEqual([]);
    const [one, other] = [spill.createFile(), spill.createFile()];
    one.remove();
    one.remove();
    expect(readdirSync(join(folder, readdirSync(folder)[0]!))).toHaveLength(1);
    spill.close();
    spill.close();
    other.remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says that it cannot write where it cannot", async () => {
    const spill = createDiskSpill(join(await temporaryFolder(), "missing"));
    expect(() => spill.createFile()).toThrowError(expect.objectContaining({ code: "IO_WRITE_FAILED" }));
  });
});
