import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnFinding, columnFlag } from "./column-findings.ts";
import { type ColumnRole, columnRoles, columnSynonyms } from "./column-synonyms.ts";
import { type ColumnOverrides, findColumns } from "./find-columns.ts";
import { normaliseColumnName } from "./normalise-column-name.ts";

/** What was found, in one line: the column, `a|b` where it is ambiguous, `?name` where it is unknown. */
function show(finding: ColumnFinding): string {
  switch (finding.kind) {
    case "found":
      return finding.column.name;
    case "ambiguous":
      return finding.candidates.map(({ name }) => name).join("|");
    case "unknown":
      return `?${finding.asked}`;
    case "missing":
      return "-";
  }
}

function found(header: string, overrides?: ColumnOverrides): Record<string, string> {
  const findings = findColumns(header.split(","), overrides);
  const shown = columnRoles.map((role): [ColumnRole, string] => [role, show(findings[role])]);
  return Object.fromEntries(shown.filter(([, text]) => text !== "-"));
}

describe("findColumns", () => {
  it.each<[string, Record<string, string>]>([
    ["prompt,chosen,rejected", { prompt: "prompt", preferred: "chosen", nonPreferred: "rejected" }],
    [
      "id,Question,Chosen Response,REJECTED-response,score_chosen",
      { prompt: "Question", preferred: "Chosen Response", nonPreferred: "REJECTED-response" },
    ],
    [
      "system,question,preferred,non_preferred,history,tools",
      {
        prompt: "question",
        preferred: "preferred",
        nonPreferred: "non_preferred",
        system: "system",
        messages: "history",
        tools: "tools",
      },
    ],
    [
      "qid,question,response_j,response_k",
      { prompt: "question", preferred: "response_j", nonPreferred: "response_k" },
    ],
    // A complete family beats lone names.
    ["prompt,chosen,rejected,preferred", { prompt: "prompt", preferred: "chosen", nonPreferred: "rejected" }],
    ["prompt,accepted,chosen,rejected", { prompt: "prompt", preferred: "chosen", nonPreferred: "rejected" }],
    // An explicit family beats a generic one.
    ["prompt,best,worst,better,worse", { prompt: "prompt", preferred: "better", nonPreferred: "worse" }],
    [
      "prompt,positive,negative,chosen,rejected",
      { prompt: "prompt", preferred: "chosen", nonPreferred: "rejected" },
    ],
    // Without a complete family the strongest name of each side.
    ["prompt,accepted,rejected", { prompt: "prompt", preferred: "accepted", nonPreferred: "rejected" }],
    [
      "prompt,chosen,accepted,other_answer",
      { prompt: "prompt", preferred: "chosen", nonPreferred: "other_answer" },
    ],
    // Two families of one strength are for the user to choose from.
    [
      "prompt,chosen,rejected,better,worse",
      { prompt: "prompt", preferred: "chosen|better", nonPreferred: "rejected|worse" },
    ],
    // Whatever may be a part of the prompt is asked about.
    [
      "prompt,input,chosen,rejected",
      { prompt: "prompt|input", preferred: "chosen", nonPreferred: "rejected" },
    ],
    [
      "question,context,chosen,rejected",
      { prompt: "question|context", preferred: "chosen", nonPreferred: "rejected" },
    ],
    [
      "Prompt,prompt,chosen,rejected",
      { prompt: "Prompt|prompt", preferred: "chosen", nonPreferred: "rejected" },
    ],
    ["a,b,c", {}],
    ["__proto__,constructor,toString,???,", {}],
  ])("%s", (header, expected) => {
    expect(found(header)).toEqual(expected);
  });

  it("says how sure it is, and what it passed over", () => {
    const { prompt, preferred } = findColumns(["\ufeffPrompt", "accepted", "chosen", "rejected"]);
    expect(prompt).toEqual({
      kind: "found",
      column: { index: 0, name: "\ufeffPrompt", confidence: "exact" },
      passedOver: [],
    });
    expect(preferred).toEqual({
      kind: "found",
      column: { index: 2, name: "chosen", confidence: "synonym" },
      passedOver: [{ index: 1, name: "accepted", confidence: "synonym" }],
    });
  });

  it("gives the flags to type, and the template that loses nothing", () => {
    expect(findColumns(["instruction", "input", "chosen", "rejected"]).prompt).toMatchObject({
      flags: [
        "--columns prompt=instruction",
        "--columns prompt=input",
        "--prompt-template '{instruction}\\n{input}'",
      ],
    });
    expect(findColumns(["Full prompt", "question"]).prompt).toMatchObject({
      flags: [
        "--columns 'prompt=Full prompt'",
        "--columns prompt=question",
        "--prompt-template '{Full prompt}\\n\\n{question}'",
      ],
    });
  });

  it("quotes what a shell would not take as it is", () => {
    expect(columnFlag("nonPreferred", "it's worse")).toBe(`--columns 'non_preferred=it'\\''s worse'`);
    expect(columnFlag("preferred", "a.b-c")).toBe("--columns preferred=a.b-c");
  });

  it("gives flags for answers, and no template", () => {
    expect(findColumns(["worse", "rejected", "it's better", "better"]).nonPreferred).toMatchObject({
      kind: "found",
    });
    expect(findColumns(["rejected", "rejected_response", "chosen"]).nonPreferred).toMatchObject({
      flags: ["--columns non_preferred=rejected", "--columns non_preferred=rejected_response"],
    });
  });
});

describe("overrides", () => {
  it.each<[string, ColumnOverrides, Record<string, string>]>([
    [
      "question,best,worst,persona",
      { system: "persona" },
      { prompt: "question", preferred: "best", nonPreferred: "worst", system: "persona" },
    ],
    [
      "prompt,input,chosen,rejected",
      { prompt: "prompt" },
      { prompt: "prompt", preferred: "chosen", nonPreferred: "rejected" },
    ],
    // Named in another case; an exact name comes first.
    ["Text,text,b,c", { prompt: "text" }, { prompt: "text" }],
    ["My Text,b,c", { prompt: "my_text" }, { prompt: "My Text" }],
    ["Text,TEXT", { prompt: "text" }, { prompt: "Text|TEXT" }],
    ["text,text", { prompt: "text" }, { prompt: "text|text" }],
    ["a,b", { prompt: "c" }, { prompt: "?c" }],
    ["a,???", { prompt: "!" }, { prompt: "?!" }],
    [
      "__proto__,constructor,b",
      { prompt: "__proto__", preferred: "constructor", nonPreferred: "b" },
      { prompt: "__proto__", preferred: "constructor", nonPreferred: "b" },
    ],
    // What the user names for one role is no candidate for another.
    [
      "prompt,question,chosen,rejected",
      { system: "prompt" },
      { prompt: "question", preferred: "chosen", nonPreferred: "rejected", system: "prompt" },
    ],
    // Null: no column is to have the role.
    [
      "prompt,input,chosen,rejected,messages",
      { prompt: null, messages: null },
      { preferred: "chosen", nonPreferred: "rejected" },
    ],
    // One side given: the other is of its family, else the strongest.
    [
      "prompt,best,worst,rejected",
      { preferred: "best" },
      { prompt: "prompt", preferred: "best", nonPreferred: "worst" },
    ],
    [
      "prompt,a,best,worst,rejected",
      { preferred: "a" },
      { prompt: "prompt", preferred: "a", nonPreferred: "rejected" },
    ],
    [
      "prompt,chosen,rejected,better,worse",
      { nonPreferred: "worse" },
      { prompt: "prompt", preferred: "better", nonPreferred: "worse" },
    ],
    [
      "prompt,a,chosen,rejected",
      { preferred: "a" },
      { prompt: "prompt", preferred: "a", nonPreferred: "rejected" },
    ],
  ])("%s with %j", (header, overrides, expected) => {
    expect(found(header, overrides)).toEqual(expected);
  });

  it("are as sure as can be", () => {
    expect(findColumns(["a"], { prompt: "a" }).prompt).toMatchObject({ column: { confidence: "given" } });
  });
});

describe("the synonyms", () => {
  const names = columnRoles.flatMap((role) => columnSynonyms[role].map(({ name }) => ({ role, name })));

  it("mean one role each", () => {
    const folded = names.map(({ name }) => normaliseColumnName(name));
    expect(folded.filter((name, index) => folded.indexOf(name) !== index)).toEqual([]);
  });

  it.each(names)("$name is $role, in any spelling", ({ role, name }) => {
    const spellings = [name, name.toUpperCase(), name.replaceAll("_", " "), ` ${name.replaceAll("_", "-")} `];
    for (const spelling of spellings) {
      expect(show(findColumns(["id", spelling])[role])).toBe(spelling);
    }
  });
});

it("any header gives a finding for each role, and no column two roles", () => {
  const header = fc.array(
    fc.oneof(fc.string(), fc.constantFrom("prompt", "Chosen", "input", "rejected", "best")),
  );
  fc.assert(
    fc.property(header, (headers) => {
      const findings = findColumns(headers);
      const used = columnRoles.flatMap((role) => {
        const finding = findings[role];
        return finding.kind === "found" ? finding.column.index : [];
      });
      expect(Object.keys(findings)).toEqual([...columnRoles]);
      expect(new Set(used).size).toBe(used.length);
    }),
  );
});

it.each([
  ["nonPreferred", "nonpreferred"],
  ["Non-preferred_Answer ", "nonpreferredanswer"],
  ["Ｐｒｏｍｐｔ", "prompt"],
  ["réponse préférée", "réponsepréférée"],
  ["回答 1", "回答1"],
  ["İ", "i̇"],
  ["?!", ""],
])("normaliseColumnName(%j) is %j", (name, expected) => {
  expect(normaliseColumnName(name)).toBe(expected);
});
