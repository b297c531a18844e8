import type { JsonObject, JsonValue } from "@dpo-kit/schema";

/** What is read of the manifest of a finished run. Everything in it is data of a file: nothing is believed. */
export interface RunManifest {
  readonly flags: readonly string[];
  readonly inputs: readonly JsonObject[];
  readonly outputs: readonly ManifestOutput[];
  readonly ledgers: JsonObject;
  readonly transforms: JsonObject;
}

/** A file that a run wrote, as its manifest has it. */
export interface ManifestOutput {
  readonly kind: string;
  /** Without folders. */
  readonly name: string;
  readonly bytes: number;
}

/** The manifest in a text; undefined where that is none, or the run was not complete. */
export function parseManifest(text: string): RunManifest | undefined {
  const manifest = objectOf(parse(text));
  if (manifest.schema !== "dpo-kit/manifest@1" || manifest.complete !== true) {
    return undefined;
  }
  return {
    flags: listOf(objectOf(manifest.options).flags).filter((flag) => typeof flag === "string"),
    inputs: listOf(manifest.inputs).map(objectOf),
    outputs: listOf(manifest.outputs).flatMap(outputOf),
    ledgers: objectOf(manifest.ledgers),
    transforms: objectOf(manifest.transforms),
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
  const { kind, name, bytes } = objectOf(value);
  const isOutput = typeof kind === "string" && typeof name === "string" && typeof bytes === "number";
  return isOutput && !/[/\\]/u.test(name) ? [{ kind, name, bytes }] : [];
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
