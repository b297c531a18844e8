import { createDigester } from "@dpo-kit/io/node";
import type { FoundSource } from "../../source-set.ts";

/**
 * What stands for the content of a source: the SHA-256 of its bytes as they are stored; of a folder, or of files side by side, that of the
 * names and digests of its files; of a file of the Hub its address, which holds the commit.
 */
export async function contentDigest(source: FoundSource, signal?: AbortSignal): Promise<string> {
  if (isImmutable(source)) {
    return source.name;
  }
  if (source.set === undefined || source.set.kind === "zip") {
    return digestOf(source.open(withSignal(signal)));
  }
  const lines: string[] = [];
  for (const member of source.set.members) {
    lines.push(`${await digestOf(member.open(withSignal(signal)))} ${member.path}\n`);
  }
  return digestOf(inOrder(lines));
}

/** A file of the Hub at a commit is always the same. */
export function isImmutable({ name }: FoundSource): boolean {
  return name.startsWith("hf://");
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

async function* inOrder(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    yield new TextEncoder().encode(text);
  }
}

async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const digester = createDigester();
  try {
    for await (const chunk of chunks) {
      await digester.update(chunk);
    }
  } catch (error) {
    digester.abandon();
    throw error;
  }
  return digester.digest();
}
