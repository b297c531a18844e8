import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { PairBatchEncoderOptions } from "@dpo-kit/batch";
import type { UnitInput } from "./recipe-unit.ts";

const require = createRequire(import.meta.url);

let versions: string | undefined;

/** The versions of the packages that a conversion runs through. */
function packageVersions(): string {
  versions ??= ["@dpo-kit/pipeline", ...Object.keys(manifestOf("@dpo-kit/pipeline").dependencies ?? {})]
    .filter((name) => name.startsWith("@dpo-kit/"))
    .map((name) => `${name}@${manifestOf(name).version}`)
    .join(" ");
  return versions;
}

function manifestOf(name: string): { version: string; dependencies?: Record<string, string> } {
  return require(`${name}/package.json`) as { version: string };
}

/** What the pairs of a source depend on, beside its content. */
export interface UnitKeyParts {
  readonly input: UnitInput;
  /** As outputs show it. */
  readonly name: string;
  readonly encoder: PairBatchEncoderOptions;
  readonly keepsUnpaired: boolean;
}

/** 32 hexadecimal digits that stand for the options of a source and the versions of what converts it. */
export function unitKey({ input, name, encoder, keepsUnpaired }: UnitKeyParts): string {
  const { inputs: _, ...options } = input.request;
  const parts = [
    packageVersions(),
    name,
    input.where ?? null,
    sorted(options),
    sorted(encoder),
    keepsUnpaired,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Infinity is no JSON, and the order of keys says nothing. */
function sorted(options: object): unknown {
  return Object.entries(options)
    .map(([name, value]) => [name, typeof value === "number" ? String(value) : value])
    .sort(([one], [other]) => ((one as string) < (other as string) ? -1 : 1));
}

/** The name of the spool of a unit whose input has that content. */
export function spoolName(key: string, digest: string): string {
  return `${key}-${createHash("sha256").update(digest).digest("hex").slice(0, 32)}.spool`;
}
