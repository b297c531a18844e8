import { createHash } from "node:crypto";
import type { TrainingFile } from "../src/training-file.ts";

/** Lines of preference pairs. */
export function preferenceLines(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      input: { messages: [{ role: "user", content: `Question ${index}` }] },
      preferred_output: [{ role: "assistant", content: `Yes, ${index}.` }],
      non_preferred_output: [{ role: "assistant", content: `No, ${index}.` }],
    }),
  )
    .map((line) => `${line}\n`)
    .join("");
}

/** A file in memory. */
export function trainingFile(text: string = preferenceLines(12), name = "train.jsonl"): TrainingFile {
  const bytes = Buffer.from(text);
  return {
    name,
    bytes: bytes.length,
    content: new Blob([bytes]),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    md5: createHash("md5").update(bytes).digest("hex"),
    examples: text.split("\n").filter((line) => line !== "").length,
  };
}
