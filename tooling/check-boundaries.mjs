// The dependency direction, checked exactly: every import of every package against its layer, its package.json
// and its entries. `turbo boundaries` looks at the same; this also sees Node builtins in portable code and
// development tools in what ships.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What each package may import of the others. Neighbours of a layer are in no other's list. */
const base = ["@dpo-kit/schema"];
const preference = [...base, "@dpo-kit/io", "@dpo-kit/batch"];
const converter = [...preference, "@dpo-kit/preference"];
const pipeline = [
  ...converter,
  "@dpo-kit/csv",
  "@dpo-kit/pairwise",
  "@dpo-kit/hub",
  "@dpo-kit/chat",
  "@dpo-kit/dedupe",
  "@dpo-kit/split",
  "@dpo-kit/tokens",
  "@dpo-kit/stats",
  "@dpo-kit/export",
  "@dpo-kit/tune",
];
const app = [...pipeline, "@dpo-kit/pipeline"];
const layers = {
  "@dpo-kit/schema": [],
  "@dpo-kit/io": base,
  "@dpo-kit/batch": base,
  "@dpo-kit/testkit": base,
  "@dpo-kit/preference": preference,
  "@dpo-kit/csv": converter,
  "@dpo-kit/pairwise": converter,
  "@dpo-kit/hub": converter,
  "@dpo-kit/chat": converter,
  "@dpo-kit/dedupe": converter,
  "@dpo-kit/split": converter,
  "@dpo-kit/tokens": converter,
  "@dpo-kit/stats": converter,
  "@dpo-kit/export": converter,
  "@dpo-kit/tune": converter,
  "@dpo-kit/pipeline": pipeline,
  "dpo-kit": app,
  "@dpo-kit/bench": [...app, "@dpo-kit/testkit"],
};

/** Packages that run in Node only; the others may use its builtins in `src/node.ts` and `src/node/` alone. */
const nodeOnly = new Set(["@dpo-kit/testkit", "dpo-kit", "@dpo-kit/bench"]);

const specifierPattern =
  /(?:^|[;}\s])(?:import|export)\s+(?:type\s+)?(?:[\w$*\s{},]+\s+from\s+)?["']([^"'\n$]+)["']|\b(?:import|require)\s*\(\s*["']([^"'\n$]+)["']/gu;
const comments = /^\s*\/\/.*$|^\s*\/\*[\s\S]*?\*\/|^\s*\*.*$/gmu;

/** Every problem of the workspace at `root`, one line each, sorted; none where all imports keep the rules. */
export function findBoundaryProblems(root) {
  const packages = readPackages(root);
  return packages.flatMap((one) => problemsOfPackage(one, root)).sort();
}

function readPackages(root) {
  const folders = ["packages", "apps"].flatMap((group) =>
    existsSync(join(root, group))
      ? readdirSync(join(root, group)).map((name) => join(root, group, name))
      : [],
  );
  return folders
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) }));
}

function problemsOfPackage({ folder, manifest }, root) {
  if (!Object.hasOwn(layers, manifest.name)) {
    return [`${manifest.name}: not in the layers of tooling/check-boundaries.mjs`];
  }
  return ["src", "test"].flatMap((part) =>
    sourceFiles(join(folder, part)).flatMap((file) => {
      const place = relative(root, file).split(sep).join("/");
      const context = { file, folder, manifest, isTest: isTestFile(relative(folder, file)) };
      return importsOf(readFileSync(file, "utf8"))
        .map((specifier) => [specifier, problemOf(specifier, context)])
        .filter(([, problem]) => problem !== undefined)
        .map(([specifier, problem]) => `${place}: "${specifier}" ${problem}`);
    }),
  );
}

function sourceFiles(folder) {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true })
    .filter(
      (name) => /\.(ts|mts|js|mjs)$/u.test(name) && !/(^|[\\/])(fixtures|node_modules)[\\/]/u.test(name),
    )
    .map((name) => join(folder, name));
}

const isTestFile = (path) => /\.test\.ts$/u.test(path) || /^test[\\/]/u.test(path);

/** The module names that a source text imports, comments left out. */
export function importsOf(text) {
  const code = text.replace(comments, "");
  return [...code.matchAll(specifierPattern)].map((match) => match[1] ?? match[2]);
}

function problemOf(specifier, context) {
  if (specifier.startsWith(".")) {
    return relativeProblem(specifier, context);
  }
  return isBuiltin(specifier) ? builtinProblem(context) : packageProblem(specifier, context);
}

function relativeProblem(specifier, { file, folder, isTest }) {
  const target = resolve(dirname(file), specifier);
  if (!target.startsWith(folder + sep)) {
    return "leaves the package";
  }
  const intoTests = isTestFile(relative(folder, target));
  return intoTests && !isTest ? "is a test; only tests may import it" : undefined;
}

function builtinProblem({ file, folder, manifest, isTest }) {
  const inNodeEntry = /^src[\\/]node([\\/]|\.ts$)/u.test(relative(folder, file));
  const allowed = isTest || inNodeEntry || nodeOnly.has(manifest.name);
  return allowed ? undefined : "is a Node builtin; only src/node.ts and src/node/ may import one";
}

function packageProblem(specifier, { manifest, isTest }) {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  const known = isTest ? { ...declared, ...manifest.devDependencies } : declared;
  if (name === manifest.name) {
    return "is the package itself; import the file";
  }
  if (!Object.hasOwn(known, name)) {
    return isTest ? "is not declared in package.json" : 'is not declared in "dependencies" of package.json';
  }
  const isOurs = Object.hasOwn(layers, name);
  const allowed = [...layers[manifest.name], ...(isTest ? ["@dpo-kit/testkit"] : [])];
  return isOurs && !allowed.includes(name) ? "is not below this package's layer" : undefined;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
  const problems = findBoundaryProblems(root);
  for (const problem of problems) {
    console.error(problem);
  }
  console.error(
    problems.length === 0 ? "Boundaries: no problem." : `Boundaries: ${problems.length} problems.`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
