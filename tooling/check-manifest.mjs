// What every published package.json has to say.

/** The problems of a package.json, one line each. `directory` is the package's folder as the repository knows it. */
export function findManifestProblems(manifest, directory) {
  const wanted = {
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19" },
    publishConfig: { access: "public" },
    repository: { type: "git", url: "git+https://github.com/dpo-kit/dpo-kit.git", directory },
  };
  const problems = Object.entries(wanted)
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `"${field}" is to be ${JSON.stringify(value)}`);
  if (!/^(@dpo-kit\/[a-z]+|dpo-kit)$/u.test(manifest.name)) {
    problems.push(`"name" ${manifest.name} is neither @dpo-kit/... nor dpo-kit`);
  }
  if (typeof manifest.description !== "string" || manifest.description.length < 20) {
    problems.push('"description" is to be a sentence');
  }
  if (!manifest.files?.includes("dist") || !manifest.files.includes("!dist/**/*.test.*")) {
    problems.push('"files" is to hold "dist" and "!dist/**/*.test.*"');
  }
  return [...problems, ...findExportProblems(manifest.exports ?? {})];
}

function findExportProblems(exports) {
  const problems = Object.hasOwn(exports, "./package.json") ? [] : ['"exports" is to have "./package.json"'];
  for (const [entry, target] of Object.entries(exports)) {
    if (typeof target === "string" && target === entry && entry.endsWith(".json")) {
      continue; // A file of data, handed out as it is.
    }
    const conditions = Object.keys(target).join(" ");
    // The order counts: the first condition that holds is taken, and "default" always holds.
    if (conditions !== "@dpo-kit/source types default") {
      problems.push(
        `"exports" "${entry}" has the conditions ${conditions}; @dpo-kit/source types default expected`,
      );
    }
  }
  return problems;
}
