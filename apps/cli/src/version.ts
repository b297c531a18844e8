import { readFileSync } from "node:fs";

/** `dpo 0.1.0` */
export function versionLine(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return `dpo ${(JSON.parse(text) as { version: string }).version}`;
}
