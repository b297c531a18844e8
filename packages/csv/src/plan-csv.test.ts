import { DataError } from "@dpo-kit/schema";
import { toBytes } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import type { CsvPlanOptions } from "./csv-options.ts";
import { planCsv } from "./plan-csv.ts";

function plan(text: string, options: CsvPlanOptions = {}) {
  return planCsv({ head: toBytes(text), headIsComplete: true }, options);
}

function refusal(text: string, options: CsvPlanOptions = {}): DataError {
  try {
    plan(text, options);
  } catch (error) {
    if (DataError.isInstance(error)) {
      return error;
    }
    throw error;
  }
  throw new Error("It was planned");
}

describe("what is planned", () => {
  test("columns, what is lost, and how sure it is", () => {
    const planned = plan("id,Question,chosen,rejected,note\n1,a,b,c,d\n");
    expect(planned.columns).toEqual({
      prompt: { role: "prompt", index: 1, name: "Question", confidence: "synonym", structured: false },
      preferred: { role: "preferred", index: 2, name: "chosen", confidence: "synonym", structured: false },
      nonPreferred: {
        role: "nonPreferred",
        index: 3,
        name: "rejected",
        confidence: "synonym",
        structured: false,
      },
    });
    expect(planned).toMatchObject({
      promptFrom: "column",
      unmapped: ["id", "note"],
      confidence: 0.9,
      transforms: [],
    });
  });

  test("a plan is plain data", () => {
    const planned = plan("t,b,chosen,rejected\na,b,c,d\n", {
      promptTemplate: "{t}: {b}",
      system: "Be kind.",
    });
    expect(JSON.parse(JSON.stringify(planned))).toEqual(planned);
    expect(planned.transforms).toEqual(["system-from-option", "prompt-from-template"]);
    expect(planned.unmapped).toEqual([]);
  });

  test("a null column plays no part", () => {
    const planned = plan("prompt,chosen,rejected,system\na,b,c,d\n", { columns: { system: null } });
    expect(planned.unmapped).toEqual(["system"]);
  });

  const message = '"[{""role"":""user"",""content"":""Hi""}]"';
  test.each([
    ["each cell is a list of messages", [message, message], true],
    ["empty cells say nothing", [message, "", " "], true],
    ["one cell is text", [message, "Hi"], false],
    ["one cell is other JSON", [message, '"{""a"":1}"'], false],
    ["all are empty", ["", ""], false],
    ["there is no record", [], false],
    ["a list of texts is text", ['"[""Hi""]"'], false],
    ["an empty list is text", ["[]"], false],
  ])("structured prompts: %s", (_, cells, structured) => {
    const rows = cells.map((cell) => `${cell},b,c\n`).join("");
    expect(plan(`prompt,chosen,rejected\n${rows}`).columns.prompt?.structured).toBe(structured);
  });

  test("a constant of white space is none", () => {
    expect(plan("prompt,chosen,rejected\n", { system: " \n" })).not.toHaveProperty("system");
  });
});

describe("what is refused, with what to type", () => {
  test("no known names", () => {
    const error = refusal("task,best one,worst one\na,b,c\n");
    expect(error.code).toBe("CSV_COLUMN_MISSING");
    expect(error.message).toContain('The columns are: "task", "best one", "worst one"');
    expect(error.hint).toContain("--columns prompt=task --columns 'preferred=best one'");
  });

  test("several names for one part", () => {
    const error = refusal("prompt,my question,question,chosen,rejected\na,b,c,d,e\n", {});
    expect(error.code).toBe("CSV_COLUMN_AMBIGUOUS");
    expect(error.hint).toContain("--columns prompt=prompt");
    expect(error.hint).toContain("--columns prompt=question");
  });

  test("the same name twice", () => {
    expect(refusal("prompt,chosen,chosen,rejected\n").code).toBe("CSV_DUPLICATE_COLUMN");
    expect(plan("note,note,prompt,chosen,rejected\n").unmapped).toEqual(["note", "note"]);
  });

  test("a name that is not there, and the nearest that is", () => {
    const error = refusal("prompt,chosen,rejected\n", { columns: { prompt: "pormpt" } });
    expect(error.code).toBe("CSV_COLUMN_UNKNOWN");
    expect(error.hint).toContain("Did you mean --columns prompt=prompt?");
  });

  test("everything that is wrong at once", () => {
    const { message } = refusal("prompt,question,chosen\n", { columns: { system: "persona" } });
    expect(message).toContain('no column "persona"');
    expect(message).toContain("Several columns could be prompt");
    expect(message).toContain("non_preferred");
  });

  test("a header of ten thousand names is shown in part", () => {
    const header = Array.from({ length: 10_000 }, (_, index) => `${"x".repeat(70)}${index}`).join(",");
    expect(refusal(`${header}\n`).message.length).toBeLessThan(5_000);
  });

  test.each([
    ["prompt,chosen,rejected\n", { promptTemplate: "{prompt" }, "CSV_TEMPLATE_INVALID"],
    ["prompt,chosen,rejected\n", { promptTemplate: "prompt}" }, "CSV_TEMPLATE_INVALID"],
    ["prompt,chosen,rejected\n", { promptTemplate: "{}" }, "CSV_TEMPLATE_INVALID"],
    ["prompt,chosen,rejected\n", { promptTemplate: "{{prompt}}" }, "CSV_TEMPLATE_INVALID"],
    ["prompt,chosen,rejected\n", { promptTemplate: "{prompts}" }, "CSV_COLUMN_UNKNOWN"],
    ["a,a,chosen,rejected\n", { promptTemplate: "{a}" }, "CSV_DUPLICATE_COLUMN"],
    [
      "prompt,chosen,rejected\n",
      { promptTemplate: "{prompt}", columns: { prompt: "prompt" } },
      "RUN_OPTION_INVALID",
    ],
    ["prompt,chosen,rejected\n", { delimiter: ",", quote: "," }, "RUN_OPTION_INVALID"],
  ])("%j with %j is %s", (text, options, code) => expect(refusal(text, options).code).toBe(code));

  test("a first record that the sample cuts off is no header", () => {
    const text = { head: toBytes("prompt,chosen"), headIsComplete: false };
    expect(() => planCsv(text)).toThrowError(expect.objectContaining({ code: "CSV_NO_HEADER" }));
  });
});
