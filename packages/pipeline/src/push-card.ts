import type { DatasetCard, DatasetFeature } from "@dpo-kit/hub";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import type { RunManifest } from "./run-manifest.ts";

/** What a card of pushed files tells of. */
export interface PushCardInput {
  /** The name of the dataset, without its owner. */
  readonly name: string;
  readonly examples: number;
  readonly isParquet: boolean;
  /** Of the runs that wrote the files, each once. */
  readonly manifests: readonly RunManifest[];
  /** The names of files that no manifest tells of. */
  readonly unknown: readonly string[];
  readonly features: readonly DatasetFeature[] | undefined;
  readonly license: string | undefined;
  /** `dpo-kit 0.1.0`. */
  readonly tool: string;
}

/** The card of pushed files. It holds no times, paths or host names: the same files give the same card. */
export function pushCard(input: PushCardInput): DatasetCard {
  const { name, features, license } = input;
  return {
    title: name,
    summary: summaryOf(input),
    provenance: provenanceOf(input),
    ...(license === undefined ? {} : { license }),
    ...(features === undefined ? {} : { features }),
  };
}

const shape = `Each row is a preference in the shape that OpenAI, Azure, Together and Fireworks train on: what is replied to
in \`input.messages\`, the better answer in \`preferred_output\`, the worse in \`non_preferred_output\`.`;

function summaryOf({ examples, manifests, isParquet }: PushCardInput): string {
  const count = `${examples} ${examples === 1 ? "pair" : "pairs"} of a better and a worse answer, for direct preference`;
  const tools = isParquet ? "\n\nIn Parquet `input.tools`, if there is any, is JSON text." : "";
  const ledgers = manifests.map(({ ledgers: each }) => ledgerLines(each).join("\n"));
  const accounts =
    ledgers.length === 0 ? "" : `\n\nWhat was read, and what became of it:\n\n${ledgers.join("\n\n")}`;
  return `${count}\noptimization (DPO).\n\n${shape}${tools}${accounts}`;
}

/** The member of each ledger that is the sum of the others. */
const totals: readonly (readonly [ledger: string, total: string])[] = [
  ["units", "read"],
  ["records", "total"],
  ["comparisons", "considered"],
  ["pairs", "total"],
];

/** `- records: 3 = 2 converted + 1 rejected (PAIR_IDENTICAL)` and its like; what is 0 is left out. */
function ledgerLines(ledgers: JsonObject): string[] {
  return totals.map(([name, total]) => {
    const { [total]: sum, ...parts } = (ledgers[name] ?? {}) as JsonObject;
    const terms = Object.entries(parts).flatMap(([part, value]) => termsOf(wordsOf(part), value));
    return `- ${name}: ${numberOf(sum)} = ${terms.length === 0 ? "0" : terms.join(" + ")}`;
  });
}

function termsOf(part: string, value: JsonValue): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return numberOf(value) === 0 ? [] : [`${numberOf(value)} ${part}`];
  }
  return Object.entries(value).map(([reason, count]) => `${numberOf(count)} ${part} (${code(reason)})`);
}

function wordsOf(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}

function provenanceOf({ manifests, unknown, tool }: PushCardInput): string {
  const runs = manifests.map(runText);
  const files = unknown.map((name) => `- ${code(name)}`).join("\n");
  const pushed = `Checked and pushed with [${tool}](https://github.com/dpo-kit/dpo-kit).`;
  const others = unknown.length === 0 ? "" : `No manifest tells how these files were made:\n\n${files}`;
  return [...runs, others, pushed].filter((text) => text !== "").join("\n\n");
}

function runText({ flags, inputs, transforms }: RunManifest): string {
  const changes = Object.entries(transforms).map(([name, count]) => `- ${code(name)}: ${numberOf(count)}`);
  const parts = [
    `Made by ${code(["dpo convert", ...flags].join(" "))} of:\n\n${inputs.map(inputLine).join("\n")}`,
    changes.length === 0 ? "" : `What was changed, and how often:\n\n${changes.join("\n")}`,
  ];
  return parts.filter((text) => text !== "").join("\n\n");
}

/** A dataset of the Hub has its commit in its name. */
function inputLine({ name, format, bytes, digest }: JsonObject): string {
  const facts = [
    typeof format === "string" ? format : "",
    typeof bytes === "number" ? `${bytes} bytes` : "",
    typeof digest === "string" ? code(digest) : "",
  ].filter((fact) => fact !== "");
  return `- ${code(typeof name === "string" ? name : "")}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

/** Text of files as Markdown that can be nothing but text. */
function code(text: string): string {
  const plain = text.replace(/[`\s\p{Cc}]+/gu, " ").trim();
  return `\`${plain === "" ? " " : plain}\``;
}
