import process from "node:process";
import { Readable } from "node:stream";
import type { InputSource, SourceProvider } from "@dpo-kit/io";
import { createFileProvider, createHttpsProvider, createStdinProvider } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import { glob } from "tinyglobby";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";

/** The providers of sources, in the order they are asked; the file system takes what nobody else claims. */
function providers(
  request: Pick<ReadingRequest, "maxDownloadBytes">,
  environment: RunEnvironment,
): SourceProvider[] {
  return [
    createStdinProvider(
      environment.stdin === undefined
        ? {}
        : { stream: Readable.from(environment.stdin, { objectMode: false }) },
    ),
    createHttpsProvider(request.maxDownloadBytes === undefined ? {} : { maxBytes: request.maxDownloadBytes }),
    createFileProvider({ glob: globFiles }),
  ];
}

const globFiles = (pattern: string): Promise<string[]> =>
  glob(process.platform === "win32" ? pattern.replaceAll("\\", "/") : pattern, {
    onlyFiles: true,
    expandDirectories: false,
  });

/**
 * The sources that the inputs name, in the order given; the files of a pattern by name.
 * @throws IO_NOT_FOUND IO_UNREADABLE IO_DOWNLOAD_FAILED IO_NOT_AUTHORISED RUN_OPTION_INVALID
 */
export async function findSources(
  request: Pick<ReadingRequest, "inputs" | "maxDownloadBytes">,
  environment: RunEnvironment,
): Promise<InputSource[]> {
  if (request.inputs.filter((input) => input === "-").length > 1) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "Standard input can be read only once",
      hint: "Give - once.",
    });
  }
  const asked = providers(request, environment);
  const options = environment.signal === undefined ? {} : { signal: environment.signal };
  const found: InputSource[] = [];
  for (const input of request.inputs) {
    const provider = asked.find((candidate) => candidate.claims(input)) ?? asked.at(-1)!;
    found.push(...(await provider.resolve(input, options)));
  }
  return found;
}
