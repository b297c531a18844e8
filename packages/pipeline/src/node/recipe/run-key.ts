import { createHash } from "node:crypto";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { PairsRequest } from "../../pairs-request.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { findHeldOut } from "../hold-out.ts";
import { contentDigest } from "./content-digest.ts";

/** What the outputs of a recipe depend on. */
export interface RunKeyParts {
  readonly recipe: Recipe;
  readonly request: PairsRequest;
  readonly environment: RunEnvironment;
  /** The names of the spools of all sources, in order: content, options and versions. */
  readonly spools: readonly string[];
}

/**
 * `sha256:` and 64 hexadecimal digits that stand for everything that the outputs of a recipe depend on: what its
 * sources hold, what held-out files hold, every option, and the versions of what converts.
 */
export async function runKey({ recipe, request, environment, spools }: RunKeyParts): Promise<string> {
  const heldOut: string[] = [];
  for (const source of await findHeldOut(request, environment)) {
    heldOut.push(await contentDigest(source, environment.signal));
  }
  const { against: _, ...options } = recipe.options;
  const sorted = Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = JSON.stringify([spools, heldOut, sorted]);
  return `sha256:${createHash("sha256").update(parts).digest("hex")}`;
}
