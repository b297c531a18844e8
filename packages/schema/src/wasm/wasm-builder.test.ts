import { describe, expect, it } from "vitest";
import {
  add,
  assembleModule,
  branch,
  type Code,
  choose,
  constant,
  get,
  increase,
  lessThan,
  loop,
  set,
  when,
} from "./wasm-builder.ts";

async function run(body: Code, ...input: number[]): Promise<number> {
  const module = assembleModule(1, { name: "run", parameters: input.length, locals: [1, 0], body });
  const { instance } = await WebAssembly.instantiate(module);
  return (instance.exports as unknown as { run: (...input: number[]) => number }).run(...input);
}

describe("assembleModule", () => {
  it.each([0, 1, 63, 64, 127, 128, -1, -64, -65, 0x7fffffff, -0x80000000, 0x3032755c])(
    "writes the constant %i",
    async (value) => {
      expect(await run(constant(value))).toBe(value);
    },
  );

  it("puts operands in their order", async () => {
    const smaller = choose(lessThan(get(0), get(1)), get(0), get(1));
    expect(await run(smaller, 3, 8)).toBe(3);
    expect(await run(smaller, 8, 3)).toBe(3);
  });

  it("branches to the start of a loop", async () => {
    const total = 1;
    const sumDown: Code = [
      ...loop(set(total, add(get(total), get(0))), increase(0, constant(-1)), when(get(0), [branch(1)])),
      ...get(total),
    ];
    expect(await run(sumDown, 10)).toBe(55);
  });
});
