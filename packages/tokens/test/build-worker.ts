import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Compiles this package beside its modules, so that real threads can run it, and gives their program. */
export function buildWorker(): URL {
  const output = join(folder, "node_modules", ".tokens-test");
  const compiler = join(folder, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json", "--noCheck", "--outDir", output], {
    cwd: folder,
  });
  return pathToFileURL(join(output, "node", "token-worker.js"));
}
