import { describe, expect, it } from "vitest";
import { splitDetails } from "./split-details.ts";

describe("blocks in an answer of Open WebUI", () => {
  it("of reasoning are told from the text, without the marks of the interface", () => {
    const answer =
      '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n&gt; 1 &lt; 2\n&gt; so\n</details>\nYes.';
    expect(splitDetails(answer)).toEqual([
      { kind: "reasoning", text: "1 < 2\nso" },
      { kind: "text", text: "Yes." },
    ]);
  });

  it("of tools are a call and its result, wherever that stands", () => {
    const attributes =
      '<details type="tool_calls" id="c1" name="add" arguments="{&quot;a&quot;:1}" result="&quot;2&quot;"><summary>Done</summary></details>';
    const body = '<details type="code_interpreter"><summary>Ran</summary>print(1)</details>';
    expect(splitDetails(`Look: ${attributes}${body}`)).toEqual([
      { kind: "text", text: "Look: " },
      { kind: "call", call: { id: "c1", name: "add", arguments: '{"a":1}' } },
      { kind: "result", callId: "c1", text: '"2"' },
      { kind: "call", call: { id: undefined, name: "code_interpreter", arguments: "{}" } },
      { kind: "result", callId: undefined, text: "print(1)" },
    ]);
  });

  it.each([
    "",
    "<details><summary>S</summary>text</details>",
    '<details type="x">y</details>',
    'Write <details type="x" like this.',
    "a\n\nb",
  ])("are not found in %j", (text) => {
    expect(splitDetails(text)).toEqual(text === "" ? [] : [{ kind: "text", text }]);
  });

  it("that are never closed take no more time than the text is long", () => {
    const open = '<details type="reasoning">'.repeat(100_000);
    expect(splitDetails(open)).toEqual([{ kind: "text", text: open }]);
  });
});
