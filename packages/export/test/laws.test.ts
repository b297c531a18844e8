import { carryJson, type DpoExample, type FunctionTool } from "@dpo-kit/schema";
import { arbitraryDpoExample } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exportExample, exportTarget, exportTargets, formatRow } from "../src/index.ts";

describe.each(exportTargets.map((target) => [target.id, target] as const))("%s", (_, target) => {
  test("tells only of what it declares, and gives rows or a reason", () => {
    fc.assert(
      fc.property(arbitraryDpoExample(), (example) => {
        const exported = exportExample(example, target);
        if (exported.kind === "left-out") {
          const isOwn = exported.reason.startsWith("EXPORT_");
          expect(isOwn ? target.omissions : [exported.reason]).toContain(exported.reason);
        } else {
          expect(exported.rows.length).toBeGreaterThan(0);
          expect(exported.losses.filter((code) => !target.losses.includes(code))).toEqual([]);
        }
      }),
    );
  });

  test("a row is one line of JSON that says what the row says", () => {
    fc.assert(
      fc.property(arbitraryDpoExample(), (example) => {
        const exported = exportExample(example, target);
        for (const row of exported.kind === "rows" ? exported.rows : []) {
          const text = formatRow(row);
          expect(text).not.toMatch(/[\n\r\u2028\u2029]/u);
          expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(row)));
        }
      }),
    );
  });
});

describe("JSON that is carried", () => {
  const tools =
    '[{"type":"function","function":{"name":"f","parameters":{"z":1.0,"a":12345678901234567890}}}]';
  const given = '{"z":1.0,"__proto__":{"n":1e400},"a":12345678901234567890}';
  const example: DpoExample = {
    input: {
      messages: [{ role: "user", content: "Hi" }],
      tools: carryJson(tools) as unknown as FunctionTool[],
    },
    preferred_output: [
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: given } }],
      },
    ],
    non_preferred_output: [{ role: "assistant", content: "No." }],
  };
  const rowOf = (name: string): string => {
    const exported = exportExample(example, exportTarget(name));
    return exported.kind === "rows" ? formatRow(exported.rows[0]!) : exported.reason;
  };

  test.each(["trl", "trl-implicit", "kto"])("%s holds arguments as they were, as an object", (name) => {
    expect(rowOf(name)).toContain(`"arguments":${given}`);
    expect(rowOf(name)).toContain(`"tools":${JSON.stringify(tools)}`);
  });

  test.each(["llama-factory", "ms-swift"])("%s holds calls and tools as text", (name) => {
    expect(rowOf(name)).toContain(JSON.stringify(`{"name":"f","arguments":${given}}`));
    const bare = tools.replace('{"type":"function","function":', "").replace("}}}]", "}}]");
    expect(rowOf(name)).toContain(`"tools":${JSON.stringify(name === "ms-swift" ? tools : bare)}`);
  });

  test.each(["sft", "openpipe", "openai"])("%s holds tools as they were", (name) => {
    expect(rowOf(name)).toContain(`"tools":${tools}`);
  });

  test("deep arguments do not exhaust the stack", () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const [answer] = example.preferred_output;
    const called = { id: "c", type: "function", function: { name: "f", arguments: deep } } as const;
    const exported = exportExample(
      { ...example, preferred_output: [{ ...answer!, tool_calls: [called] }] },
      exportTarget("trl"),
    );
    const became = exported.kind === "rows" ? formatRow(exported.rows[0]!).includes(deep) : exported.reason;
    expect([true, "EXPORT_OMITS_ARGUMENTS"]).toContain(became);
  });
});

test("earlier turns of the assistant get weight 0 where that is asked for", () => {
  const example: DpoExample = {
    input: {
      messages: [
        { role: "user", content: "Hi" },
        { role: "assistant", content: "Hello." },
        { role: "user", content: "Bye" },
      ],
    },
    preferred_output: [{ role: "assistant", content: "Farewell." }],
    non_preferred_output: [{ role: "assistant", content: "What?" }],
  };
  const exported = exportExample(example, exportTarget("sft"), { lastTurnOnly: true });
  expect(exported).toMatchObject({
    rows: [
      { messages: [{}, { content: "Hello.", weight: 0 }, {}, { role: "assistant", content: "Farewell." }] },
    ],
  });
});

test("an unknown target is refused with those there are", () => {
  expect(() => exportTarget("torch")).toThrow(expect.objectContaining({ code: "EXPORT_TARGET_UNKNOWN" }));
  expect(exportTarget("trl-unpaired").id).toBe("kto");
});
