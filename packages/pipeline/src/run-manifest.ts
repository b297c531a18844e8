import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** What is read of the manifest of a finished run. Everything in it is data of a file: nothing is believed. */
export interface RunManifest {
  /** Of a recipe: what stands for everything that the outputs depend on. */
  readonly run?: string;
  readonly flags: readonly string[];
  readonly inputs: readonly JsonObject[];
  readonly outputs: readonly ManifestOutput[];
  /** The files of its exports, named with the folder of their target. */
  readonly exported: readonly ManifestOutput[];
  readonly ledgers: JsonObject;
  readonly transforms: JsonObject;
  readonly duplicates: JsonObject;
}

/** A file that a run wrote, as its manifest has it. */
export interface ManifestOutput {
  readonly kind: string;
  /** Without folders. */
  readonly name: string;
  readonly lines: number;
  readonly bytes: number;
  readonly digest?: string;
}

/** The manifest in a text; undefined where that is none, or the run was not complete. */
export function parseManifest(text: string): RunManifest | undefined {
  const manifest = objectOf(parse(text));
  if (manifest.schema !== "dpo-kit/manifest@1" || manifest.complete !== true) {
    return undefined;
  }
  const outputs = listOf(manifest.outputs).flatMap(outputOf);
  return {
    ...(typeof manifest.run === "string" ? { run: manifest.run } : {}),
    flags: listOf(objectOf(manifest.options).flags).filter((flag) => typeof flag === "string"),
    inputs: listOf(manifest.inputs).map(objectOf),
    outputs: outputs.filter(({ name }) => !/[/\\]/u.test(name)),
    exported: outputs.filter(
      ({ kind, name }) => /^[^/\\]+\/[^/\\]+$/u.test(name) && name.startsWith(`${kind}/`),
    ),
    ledgers: objectOf(manifest.ledgers),
    transforms: objectOf(manifest.transforms),
    duplicates: objectOf(manifest.duplicates),
  };
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

function outputOf(value: JsonValue): ManifestOutput[] {
  const { kind, name, lines, bytes, digest } = objectOf(value);
  const isOutput = typeof kind === "string" && typeof name === "string" && typeof bytes === "number";
  if (!isOutput) {
    return [];
  }
  return [
    {
      kind,
      name,
      lines: typeof lines === "number" ? lines : 0,
      bytes,
      ...(typeof digest === "string" ? { digest } : {}),
    },
  ];
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
