import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

interface Manifest {
  name: string;
  private?: boolean;
  [field: string]: unknown;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const checker = pathToFileURL(join(root, "tooling", "check-manifest.mjs")).href;
const { findManifestProblems } = (await import(checker)) as {
  findManifestProblems: (manifest: Manifest, directory: string) => string[];
};

const published = ["packages", "apps"]
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((directory) => existsSync(join(root, directory, "package.json")))
  .map((directory): [string, Manifest] => [
    directory,
    JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8")),
  ])
  .filter(([, manifest]) => manifest.private !== true);

test.each(published)("%s can be published as it stands", (directory, manifest) => {
  expect(findManifestProblems(manifest, directory)).toEqual([]);
});

describe("a manifest is refused", () => {
  const [directory, good] = published.find(([, manifest]) => manifest.name === "@dpo-kit/io")!;
  const entry = {
    "@dpo-kit/source": "./src/index.ts",
    default: "./dist/index.js",
    types: "./dist/index.d.ts",
  };

  test.each([
    ["with another licence", { license: "ISC" }, "license"],
    ["without engines", { engines: undefined }, "engines"],
    ["with side effects", { sideEffects: true }, "sideEffects"],
    ["with tests in what ships", { files: ["dist"] }, "files"],
    ["of another folder", { repository: { type: "git", url: "x", directory } }, "repository"],
    [
      "with default before types",
      { exports: { ".": entry, "./package.json": "./package.json" } },
      "conditions",
    ],
    ["that hides its package.json", { exports: {} }, "./package.json"],
  ])("%s", (_, change, expected) => {
    expect(findManifestProblems({ ...good, ...change }, directory)).toEqual([
      expect.stringContaining(expected),
    ]);
  });
});
