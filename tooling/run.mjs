// The commands of the README and of CONTRIBUTING, such as `npm test`, on a machine that has only Node and npm.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Runs a command with its output shown, and ends this process with its status when it fails. */
function run(command, args, env = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: windows,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ...env },
  });
  if (done.error) {
    process.stderr.write(`${command} could not be started: ${done.error.message}\n`);
    process.exit(2);
  }
  if (done.status !== 0) {
    process.exit(done.status ?? 1);
  }
}

const local = (name) => join(root, "node_modules", ".bin", windows ? `${name}.cmd` : name);

/** Turbo looks for pnpm on the PATH, where only pnpm itself puts it. */
function turbo(...words) {
  run("npx", ["-y", packageManager, "exec", "turbo", ...words]);
}

function setUp() {
  run("npx", ["-y", packageManager, "install", "--frozen-lockfile", "--reporter=append-only"]);
  turbo("run", "build", "--output-logs=errors-only");
}

const tasks = {
  setup() {
    setUp();
  },
  build() {
    setUp();
  },
  typecheck() {
    turbo("run", "typecheck");
  },
  boundaries() {
    turbo("boundaries");
    run(process.execPath, [join(root, "tooling", "check-boundaries.mjs")]);
  },
  test() {
    setUp();
    run(local("vitest"), ["run", ...process.argv.slice(3)]);
  },
  demo() {
    setUp();
    rmSync(join(root, "out"), { recursive: true, force: true });
    for (const line of readFileSync(join(root, "examples", "demo.txt"), "utf8").split("\n")) {
      const words = line.trim().split(/\s+/);
      if (words[0] !== "dpo") {
        continue;
      }
      process.stdout.write(`\n$ ${line.trim()}\n`);
      run(local("dpo"), words.slice(1));
    }
  },
  generate() {
    setUp();
    const scripts = [
      "packages/schema/scripts/generate.mjs",
      "packages/pipeline/scripts/generate.mjs",
      "apps/cli/scripts/generate.mjs",
      "tooling/generate-formats.mjs",
      "tooling/generate-exports.mjs",
    ];
    for (const script of scripts) {
      run(process.execPath, [script]);
    }
  },
};

const task = tasks[process.argv[2]];
if (task === undefined) {
  process.stderr.write(`Usage: node tooling/run.mjs ${Object.keys(tasks).join("|")}\n`);
  process.exit(2);
}
task();
