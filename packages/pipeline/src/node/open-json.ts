import { type DecodedText, decodeText, type InputSource } from "@dpo-kit/io";
import { nodeDecompressors } from "@dpo-kit/io/node";
import { createIssue, type Issue } from "@dpo-kit/schema";
import type { RunEnvironment } from "../conversion-request.ts";

/**
 * Opens a file as JSON text. JSON is UTF-8, or UTF-16 by its mark or its NULs; what is no valid UTF-8 is shown
 * line by line and not taken for another encoding.
 *
 * @throws the refusals of `decodeText`
 */
export async function openJson(source: InputSource, { signal }: RunEnvironment): Promise<DecodedText> {
  const open = (encoding?: string): Promise<DecodedText> =>
    decodeText(source.open(signal === undefined ? {} : { signal }), {
      source: source.name,
      decompressors: nodeDecompressors,
      ...(encoding === undefined ? {} : { encoding }),
    });
  if (!source.rereadable) {
    return open("utf-8");
  }
  const text = await open();
  if (text.encoding !== "windows-1252") {
    return text;
  }
  await text.chunks.return();
  return open("utf-8");
}

/** The issue of a JSON file that is in another encoding. */
export function notUtf8({ encoding }: DecodedText, { name }: InputSource): Issue {
  return createIssue("IO_INVALID_ENCODING", {
    location: { source: name },
    message: "The file is not in UTF-8",
    expected: "utf-8",
    found: encoding,
    hint: `Write it again in UTF-8: iconv -f ${encoding} -t utf-8`,
  });
}
