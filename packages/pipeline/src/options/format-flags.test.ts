import fc from "fast-check";
import { expect, test } from "vitest";
import { formatFlags } from "./format-flags.ts";
import { optionDeclarations } from "./option-declarations.ts";
import { type ColumnNames, parseOption } from "./parse-option.ts";

test("flags are ready to paste", () => {
  const request = {
    columns: { prompt: "my question", nonPreferred: "it's worse" },
    delimiter: ";",
    target: ["openai", "together"],
    allowRejects: { kind: "percent", value: 1 },
    lean: true,
    digest: false,
    limit: 5,
    split: [
      { name: "train", amount: { kind: "share", value: 0.9 } },
      { name: "test", amount: { kind: "share", value: 0.1 } },
    ],
    inputs: ["a.csv"],
  };
  expect(formatFlags(request, optionDeclarations)).toEqual([
    "--delimiter ';'",
    "--limit 5",
    "--columns 'prompt=my question,non_preferred=it'\\''s worse'",
    "--split train=0.9,test=0.1",
    "--target openai,together",
    "--allow-rejects 1%",
    "--lean",
    "--no-digest",
  ]);
});

test("parsing a formatted columns flag gives the columns back", () => {
  const columns = optionDeclarations.find(({ name }) => name === "columns")!;
  const columnName = fc.string({ minLength: 1 }).filter((name) => !/(^|,)\s*[a-z_-]+=/u.test(name));
  fc.assert(
    fc.property(
      fc
        .record({ prompt: columnName, preferred: columnName, nonPreferred: columnName })
        .filter((names) => new Set(Object.values(names)).size === 3),
      (names) => {
        const [flag] = formatFlags({ columns: names }, [columns]);
        const word = flag!.slice("--columns ".length);
        const text = word.startsWith("'") ? word.slice(1, -1).replaceAll("'\\''", "'") : word;
        expect(parseOption(columns, text) as ColumnNames).toEqual(names);
      },
    ),
  );
});
