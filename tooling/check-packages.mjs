// Each published package as its users get it: packed, linted, installed from the tarball into an empty project,
// imported in plain Node and used. Needs the build (`npm run build`) and a package registry.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findManifestProblems } from "./check-manifest.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));
const { packageManager } = readJson(join(root, "package.json"));
const local = (name) => join(root, "node_modules", ".bin", windows ? `${name}.cmd` : name);
const problems = [];

/** Runs a command; its output is shown only if it fails, which is a problem. Gives standard output. */
function run(what, command, args, cwd = root) {
  const done = spawnSync(command, args, { cwd, encoding: "utf8", shell: windows });
  if (done.error !== undefined || done.status !== 0) {
    problems.push(`${what}:\n${done.error ?? ""}${done.stdout}${done.stderr}`);
  }
  return done.stdout ?? "";
}

function publishedPackages() {
  return ["packages", "apps"]
    .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
    .filter((directory) => existsSync(join(root, directory, "package.json")))
    .map((directory) => ({ directory, manifest: readJson(join(root, directory, "package.json")) }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** Packs a package and checks the tarball; gives its path. */
function checkTarball({ directory, manifest }, folder) {
  const { name, version } = manifest;
  const tarball = join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
  run(
    `${name}: pack`,
    "npx",
    ["-y", packageManager, "pack", "--pack-destination", folder],
    join(root, directory),
  );
  const files = run(`${name}: list`, "tar", ["-tf", tarball]).split(/\r?\n/u);
  const data = Object.values(manifest.exports).filter((target) => typeof target === "string");
  const wanted = ["README.md", "LICENSE", ...data.map((target) => target.slice("./".length))];
  for (const file of wanted.filter((one) => !files.includes(`package/${one}`))) {
    problems.push(`${name}: the tarball has no ${file}`);
  }
  run(`${name}: publint`, local("publint"), ["run", "--strict", tarball]);
  if (Object.keys(manifest.exports).length > 1) {
    run(`${name}: are the types wrong`, local("attw"), ["--profile", "esm-only", tarball]);
  }
  return tarball;
}

/** The names of all modules it offers: `@dpo-kit/io`, `@dpo-kit/io/node`. */
function entriesOf({ manifest }) {
  return Object.keys(manifest.exports)
    .filter((entry) => !entry.endsWith(".json"))
    .map((entry) => manifest.name + entry.slice(1));
}

const conversion = `import { convertCsv } from "@dpo-kit/csv";
const text = "prompt,chosen,rejected\\nHow?,So.,No.\\n";
for await (const outcome of convertCsv(text)) console.log(outcome.kind);
`;

const typedUse = `import { convertCsv } from "@dpo-kit/csv";
import { type DpoExample, type Issue, validateExample } from "@dpo-kit/schema";
export async function check(source: ReadableStream<Uint8Array>): Promise<Issue[]> {
  const issues: Issue[] = [];
  const columns = { prompt: "question", preferred: "best", nonPreferred: "worst" };
  for await (const outcome of convertCsv(source, { columns })) {
    if (outcome.kind === "pairs") {
      for (const pair of outcome.pairs) {
        const example: DpoExample = pair.example;
        issues.push(...validateExample(example, { targets: ["openai"] }));
      }
    }
  }
  return issues;
}
`;

/** Installs all tarballs into an empty project and uses them there. */
function checkInstalled(packages, tarballs, folder) {
  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "name": "empty", "private": true, "type": "module" }\n');
  run("npm install", "npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...tarballs], project);
  for (const entry of packages.flatMap(entriesOf)) {
    const script = `await import(${JSON.stringify(entry)});\n`;
    writeFileSync(join(project, "entry.mjs"), script);
    run(`import ${entry}`, process.execPath, ["entry.mjs"], project);
  }
  writeFileSync(join(project, "conversion.mjs"), conversion);
  expectOutput("conversion", run("conversion", process.execPath, ["conversion.mjs"], project), "pairs");
  const { version } = packages.find(({ manifest }) => manifest.name === "dpo-kit").manifest;
  expectOutput(
    "dpo --version",
    run("npx dpo", "npx", ["--no-install", "dpo", "--version"], project),
    version,
  );
  writeFileSync(join(project, "typed.ts"), typedUse);
  const flags = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom,dom.asynciterable"];
  run("types", local("tsc"), [...flags, "--module", "nodenext", "--ignoreConfig", "typed.ts"], project);
}

function expectOutput(what, output, expected) {
  if (!output.includes(expected)) {
    problems.push(`${what}: "${expected}" expected, found "${output.trim()}"`);
  }
}

const folder = mkdtempSync(join(tmpdir(), "dpo-kit-packages-"));
try {
  const packages = publishedPackages();
  const unbuilt = packages.filter(({ directory }) => !existsSync(join(root, directory, "dist")));
  if (unbuilt.length > 0) {
    throw new Error(`not built: ${unbuilt.map((one) => one.directory)}; run \`npm run build\` first`);
  }
  for (const { directory, manifest } of packages) {
    problems.push(...findManifestProblems(manifest, directory).map((one) => `${manifest.name}: ${one}`));
  }
  const tarballs = packages.map((one) => checkTarball(one, folder));
  checkInstalled(packages, tarballs, folder);
  console.error(
    problems.length === 0 ? `Packages: ${packages.length} checked, no problem.` : problems.join("\n\n"),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = problems.length === 0 ? 0 : 1;
