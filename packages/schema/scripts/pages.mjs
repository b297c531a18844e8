// Renders the pages and the schema that are generated from the data of this package. Pure: text in, text out.

const CASES = "../packages/schema/";

/** The JSON Schema file: the schema as JSON, with a final newline. */
export function schemaFile(schema) {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Rules about the bytes of a file: they are checked before a line is a value, so their tests are not fixtures. */
const READING_RULES = [
  {
    code: "LINE_INVALID_JSON",
    tests: ["packages/io/src/read-json.test.ts", "packages/pipeline/test/validate-files.test.ts"],
  },
  {
    code: "IO_INVALID_ENCODING",
    rule: "The file, or a line of it, is not UTF-8",
    tests: ["packages/io/src/read-json.test.ts", "packages/pipeline/test/validate-files.test.ts"],
  },
  {
    code: "IO_LINE_TOO_LONG",
    rule: "The line is longer than 64 MiB, or than --max-line-bytes",
    tests: ["packages/io/src/read-json.test.ts"],
  },
  {
    code: "IO_JSON_TOO_DEEP",
    rule: "The JSON is nested deeper than 2,000 levels",
    tests: ["packages/io/src/read-json.test.ts"],
  },
  { code: "IO_JSON_DUPLICATE_KEY", tests: ["packages/io/src/may-have-duplicate-keys.test.ts"] },
  {
    code: "IO_EMPTY",
    rule: "The file is empty, or has nothing but white space",
    tests: ["packages/io/src/decode-text.test.ts"],
  },
];

/** Rules between the lines of one file. */
const REPETITION_RULES = [
  { code: "LINE_DUPLICATE", tests: ["packages/pipeline/test/validate-files.test.ts"] },
  { code: "LINE_REVERSED", tests: ["packages/pipeline/test/validate-files.test.ts"] },
];

/** docs/provider-rules.md: each rule, who has it, how bad it is, where it comes from and which case shows it. */
export function providerRulesPage({ schema, cases }) {
  const { targets } = schema;
  const severity = (rule, target) => (target.tolerates.includes(rule.code) ? "warning" : rule.severity);
  const shared = (rules) =>
    rules.map((rule) => ({
      code: rule.code,
      perTarget: targets.map((target) => severity(rule, target)),
      rules: [rule],
    }));
  const own = (kind) => {
    const rows = new Map();
    targets.forEach((target, index) => {
      for (const rule of target[kind]) {
        const row = rows.get(rule.code) ?? { code: rule.code, perTarget: targets.map(() => "–"), rules: [] };
        row.perTarget[index] = rule.severity;
        row.rules.push({ ...rule, target });
        rows.set(rule.code, row);
      }
    });
    return [...rows.values()];
  };
  const table = (rows) => rulesTable(rows, { schema, cases });
  const testedTable = (rows) => rulesShownByTests(rows, schema);
  return `${[
    "# Provider rules",
    "",
    GENERATED,
    "",
    "What `dpo validate --target openai,azure,together,fireworks` checks; `validateExample` checks the lines, `validateFile` the files. A code stands for one kind of problem; `dpo explain <CODE>` and [codes.md](codes.md) tell what it means and how to put it right.",
    "",
    "- **error**: the provider refuses the line or the file, or fails the job on it. Only errors make `dpo validate` exit with 1.",
    "- **warning**: it is taken, and is probably not meant.",
    "- **info**: worth knowing.",
    "- **–**: the provider has no such rule.",
    "",
    "The date after a source is the day it was last read. The last column links a case of the test suite in which the rule fires; beside it in the same folder are cases in which it must be silent. A few rules are shown by a test file instead.",
    "",
    "## Reading: before a line is a value",
    "",
    "The same for every provider. A line with one of these errors is not looked at further, and the next is read. A file that is UTF-16 throughout gets one error, and its lines are checked all the same. An empty file is refused as a whole; so is one that is something else: a Git-LFS pointer, an HTML page, a spreadsheet.",
    "",
    ...testedTable(READING_RULES),
    "",
    "## Lines: rules of the format",
    "",
    "These hold for every provider and are always checked. `dpo convert` rejects a pair that has one of the errors.",
    "",
    ...table(shared(schema.formatRules)),
    "",
    "Azure's documentation alone allows several messages, and tool messages, in an output. With `--target azure` alone that is a warning; the canonical format, and every other provider, has exactly one assistant message.",
    "",
    "## Lines: rules of one provider",
    "",
    ...table(own("lineRules")),
    "",
    "## Files",
    "",
    "Errors in `dpo validate`; notes in `dpo convert`, since a later run may add lines.",
    "",
    ...table([...shared(schema.formatFileRules), ...own("fileRules")]),
    "",
    "## Between the lines of a file",
    "",
    "Reported by `dpo validate`, for lines that have no error. A duplicate is the same canonical line; a reversal has the same prompt and the same two answers, the other way round, whatever their case and white space ([keys](keys.md)). The memory for it is limited: in a file with many millions of lines some may not be found, and none is reported wrongly.",
    "",
    ...testedTable(REPETITION_RULES),
    "",
    "## What no check can tell",
    "",
    ...targets.flatMap(({ title, notes }) =>
      notes.map(({ text, source, date }) => `- **${title}**: ${text} ([source](${source}), ${date})`),
    ),
    "",
    "## What is not checked",
    "",
    "- **Overlap between files**: each file is checked by itself. The same prompt in a training and in a validation file is not reported.",
    "- **Lengths in tokens**: they need the tokenizer of the model.",
    "- **Length bias**: whether the preferred answers are longer than the others throughout, so that a model learns length.",
    "- **Settings of a job** (model, beta, epochs, suffix): they are not in the file.",
  ].join("\n")}\n`;
}

/** docs/codes.md: every code of the registry. */
export function codesPage({ issueCodes }) {
  const codes = Object.entries(issueCodes);
  return `${[
    "# Codes",
    "",
    GENERATED,
    "",
    "Every problem that dpo-kit reports has one of these codes. A code is stable: it is never given another meaning. `dpo explain <CODE>` prints the same.",
    "",
    "| Kind | What happens |",
    "|---|---|",
    ...Object.entries(KINDS).map(([kind, text]) => `| ${kind} | ${text} |`),
    "",
    "| Code | Kind | Severity | Meaning in short |",
    "|---|---|---|---|",
    ...codes.map(
      ([code, { kind, severity, title }]) =>
        `| [${code}](#${code.toLowerCase()}) | ${kind} | ${severity} | ${cell(title)} |`,
    ),
    ...codes.flatMap(([code, definition]) => ["", ...codeSection(code, definition)]),
  ].join("\n")}\n`;
}

const GENERATED =
  "<!-- Generated by packages/schema/scripts/generate.mjs; run `npm run generate` instead of editing. -->";

const KINDS = {
  refusal: "The whole source is refused; nothing of it is read on.",
  malformed: "The row or line could not be decoded into a record. The run goes on.",
  rejected: "The record or pair was read, and you should look at it. It goes to the rejects file.",
  skipped: "Nothing is wrong; the record holds no preference.",
  dropped: "A comparison that the policy leaves out.",
  note: "Nothing happens to it.",
  rule: "A rule of the format or of a provider, about a line or a file.",
  usage: "The command or the call must be changed.",
};

function codeSection(code, { kind, severity, title, meaning, fix, example, source }) {
  return [
    `## ${code}`,
    "",
    `${text(title)}. (${kind}, ${severity})`,
    "",
    text(meaning),
    "",
    `**What to do:** ${text(fix)}`,
    "",
    "```",
    example,
    "```",
    "",
    `Source: ${isOwnPage(source) ? `[${source}](${fromDocs(source)})` : source}`,
  ];
}

function rulesTable(rows, { schema, cases }) {
  return [
    `| Rule | Code | ${schema.targets.map(({ title }) => title).join(" | ")} | Source | Shown by |`,
    `|---|---|${schema.targets.map(() => "---|").join("")}---|---|`,
    ...rows.map(({ code, perTarget, rules }) => {
      const columns = [
        cell(schema.issueCodes[code].title),
        `[${code}](codes.md#${code.toLowerCase()})`,
        ...perTarget,
        sourcesOf(rules),
        casesOf(code, rules, cases),
      ];
      return `| ${columns.join(" | ")} |`;
    }),
  ];
}

function rulesShownByTests(rows, { issueCodes }) {
  return [
    "| Rule | Code | Severity | Source | Shown by |",
    "|---|---|---|---|---|",
    ...rows.map(({ code, rule, tests }) => {
      const { severity, title, source } = issueCodes[code];
      const columns = [
        cell(rule ?? title),
        `[${code}](codes.md#${code.toLowerCase()})`,
        severity,
        `[source](${isOwnPage(source) ? fromDocs(source) : source.split(" ")[0]})`,
        tests.map((file) => `[${file.split("/").at(-1)}](${fromDocs(file)})`).join("<br>"),
      ];
      return `| ${columns.join(" | ")} |`;
    }),
  ];
}

function isOwnPage(source) {
  return !source.startsWith("https://");
}

/** A path from the root of the repository, as a page in docs/ links it. */
function fromDocs(path) {
  return path.startsWith("docs/") ? path.slice("docs/".length) : `../${path}`;
}

function sourcesOf(rules) {
  const titles = new Map();
  for (const { source, date, target } of rules) {
    const key = `(${source}), ${date}`;
    titles.set(key, [...(titles.get(key) ?? []), ...(target ? [target.title] : [])]);
  }
  return [...titles]
    .map(([key, names]) => `[${titles.size === 1 || names.length === 0 ? "source" : names.join(", ")}]${key}`)
    .join("<br>");
}

function casesOf(code, rules, cases) {
  const files = rules.map(
    ({ target }) =>
      cases.find((one) => one.code === code && one.isBad && one.expected.target === target?.id)?.file,
  );
  return [...new Set(files.filter((file) => file !== undefined))]
    .map((file) => `[${file.split("/").at(-1)}](${CASES}${file})`)
    .join("<br>");
}

function text(markdown) {
  return markdown.replaceAll("<|", "&lt;|").replaceAll("<CODE>", "&lt;CODE&gt;");
}

function cell(markdown) {
  return text(markdown).replaceAll("|", "\\|");
}
