// node apps/bench/dist/rows/main.js [--bytes 1e9] [--rounds 3] [--seed 1] [--layout ID] [--results FILE]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generateFile } from "../generate/generate-file.ts";
import { type Race, runRace } from "../race.ts";
import { formatTable } from "../result-page.ts";
import { putSection } from "../result-sections.ts";
import { listRowContenders } from "./row-contenders.ts";
import { type RowLayout, rowLayouts } from "./row-layouts.ts";
import { writeRows } from "./write-rows.ts";

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "1e9" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    layout: { type: "string" },
    results: { type: "string" },
  },
});
const report = (text: string) => void process.stderr.write(`${text}\n`);
const layouts = rowLayouts.filter(({ id }) => values.layout === undefined || id === values.layout);
const folder = mkdtempSync(join(tmpdir(), "dpo-bench-rows-"));

async function raceOf(csv: string, layout: RowLayout): Promise<string> {
  const input = join(folder, layout.fileName);
  const outputs = join(folder, "outputs");
  await writeRows(csv, layout, input);
  mkdirSync(outputs);
  const inputBytes = statSync(input).size;
  report(`${layout.title}: ${inputBytes} bytes`);
  const contenders = listRowContenders(layout);
  const present = contenders.filter(({ version }) => version !== undefined);
  const race: Race = await runRace(present, {
    input,
    folder: outputs,
    rounds: Number(values.rounds),
    report,
  });
  rmSync(input);
  rmSync(outputs, { recursive: true });
  const missing = contenders.filter((one) => !present.includes(one));
  const size = `${(inputBytes / 1e6).toFixed(0)} MB`;
  return `## ${layout.title}\n\n${size}.\n\n${formatTable({ race, missing, inputBytes })}`;
}

const introduction = `# Results: from rows to canonical lines

Written by \`node apps/bench/dist/rows/main.js\`: the rows of the same generated file (seed ${values.seed}, \
${(Number(values.bytes) / 1e6).toFixed(0)} MB as CSV), stored by DuckDB, whose pages of text hold up to 100 MiB each. \
Measured as above, ${values.rounds} rounds; all outputs have the same digest. The others leave out what they leave out \
above, and \`dpo convert\` also takes the digests of input and output in a second thread.`;

try {
  const csv = join(folder, "feedback.csv");
  generateFile(csv, { bytes: Number(values.bytes), seed: Number(values.seed) });
  const parts: string[] = [];
  for (const layout of layouts) {
    parts.push(await raceOf(csv, layout));
  }
  const section = `${[introduction, ...parts].join("\n\n")}\n`;
  process.stdout.write(section);
  if (values.results !== undefined) {
    const page = existsSync(values.results) ? readFileSync(values.results, "utf8") : "";
    writeFileSync(values.results, putSection(page, section));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
