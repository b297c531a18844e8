import { toBytes } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { type DetectDialectOptions, detectDialect } from "./detect-dialect.ts";

function detect(text: string, options: DetectDialectOptions = {}, headIsComplete = true) {
  return detectDialect(toBytes(text), headIsComplete, options);
}

describe("the delimiter", () => {
  test.each([
    ["prompt,chosen,rejected\na,b,c\n", ","],
    ["prompt;chosen;rejected\na,b;c;d,e\n", ";"],
    ["prompt\tchosen\trejected\na, b; c\td\te\n", "\t"],
    ["prompt|chosen|rejected\na,b|c|d\n", "|"],
    // Delimiters in quotes do not count.
    ['"a;b;c",d\n"x;y;z",e\n', ","],
    // More fields do not win over even ones.
    ["a;b,c,d\n1;2\n3;4,5\n", ";"],
    // Known names win over even records.
    ["prompt,chosen,rejected;x\n1;2\n3;4\n5;6\n", ","],
    // Nothing decides: the first.
    ["a,b;c,d;e\n1,2;3,4;5\n", ","],
    ["only\nwords\n", ","],
    ["", ","],
  ])("of %j is %j", (text, delimiter) => expect(detect(text).delimiter).toBe(delimiter));

  test("is what was given", () => {
    expect(detect("a,b^c,d\n", { delimiter: "^" })).toMatchObject({
      delimiter: "^",
      reason: "it was asked for",
    });
    expect(detect("a,b\n", { delimiter: "\\t" }).delimiter).toBe("\t");
    expect(detect("a,b\n", { delimiter: "TAB" }).delimiter).toBe("\t");
  });

  test("is what names make that the user knows", () => {
    const text = "frage,x;gut;schlecht\n1,2\n3,4\n";
    expect(detect(text).delimiter).toBe(",");
    expect(detect(text, { columnNames: ["gut", "schlecht"] }).delimiter).toBe(";");
  });

  test("is what Excel's first line says", () => {
    const found = detect("sep=|\r\na,b|c\r\n1,2|3\r\n");
    expect(found).toMatchObject({ delimiter: "|", separatorLine: true, newline: "\r\n" });
  });

  test.each(["", "ab", "é", "\n", '"', "\0"])("cannot be %j", (delimiter) => {
    expect(() => detect("a,b\n", { delimiter })).toThrowError(
      expect.objectContaining({ code: "RUN_OPTION_INVALID" }),
    );
  });

  test("does not depend on a record that the sample cuts off", () => {
    const text = "prompt,chosen,rejected\na,b,c\nd,e";
    expect(detect(text, {}, false)).toMatchObject({ confidence: 1 });
    expect(detect(text, {}, true)).toMatchObject({ confidence: 0.5 });
  });
});

test.each(['sep="\na,b\n', 'sep="', "sep=", "sep=\0\na,b\n"])(
  "a first line %j names no delimiter",
  (text) => {
    expect(detect(text)).toMatchObject({ separatorLine: false });
  },
);

test("errors name the source, and the line of the file", () => {
  const text = `sep=;\nprompt;chosen\n${'"a""\n'.repeat(1100)}`;
  expect(() => detect(text, { source: "in.csv" })).toThrowError(
    expect.objectContaining({
      code: "CSV_TOO_MANY_RECOVERIES",
      location: expect.objectContaining({ source: "in.csv" }),
    }),
  );
});

test("the quote can be given, or none at all", () => {
  expect(detect("'a;b',c\n", { quote: "'" })).toMatchObject({ delimiter: ",", quote: "'" });
  expect(detect('"a;b",c\n', { quote: "" })).toMatchObject({ quote: "" });
});

test.each([
  ["a,b\nc,d\n", "\n"],
  ["a,b\r\nc,d", "\r\n"],
  ["a,b\rc,d\r", "\r"],
  ["a,b\r\nc,d\n", "mixed"],
  ['a,"b\r\n"\nc,d\n', "\n"],
])("the line end of %j is %j", (text, newline) => expect(detect(text).newline).toBe(newline));

test("confidence is the share of even records, and the reason tells it", () => {
  const found = detect("a,b\n1,2\n3,4\n5\n6,7\n");
  expect(found.confidence).toBe(0.75);
  expect(found.reason).toBe("3 of the 4 sampled records have 2 fields, as the header has");
});

test("a header with too many columns is an error, not one column", () => {
  expect(() => detect(`${"a,".repeat(100_001)}\n`)).toThrowError(
    expect.objectContaining({ code: "CSV_TOO_MANY_COLUMNS" }),
  );
});
