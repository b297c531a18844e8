import process from "node:process";
import { Readable } from "node:stream";
import type { InputSource, SourceProvider } from "@dpo-kit/io";
import { createFileProvider, createHttpsProvider, createStdinProvider } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import { glob } from "tinyglobby";
import type { ReadingRequest, RunEnvironment } from "../conversion-request.ts";

/** What decides where sources are found. */
export type FindRequest = Pick<ReadingRequest, "inputs" | "maxDownloadBytes" | "config" | "hubSplit">;

/** The providers of sources, in the order they are asked; the file system takes what nobody else claims. */
async function providers(request: FindRequest, environment: RunEnvironment): Promise<SourceProvider[]> {
  const { config, hubSplit } = request;
  const isOnHub = request.inputs.some((input) => input.startsWith("hf://"));
  return [
    createStdinProvider(
      environment.stdin === undefined
        ? {}
        : { stream: Readable.from(environment.stdin, { objectMode: false }) },
    ),
    createHttpsProvider(request.maxDownloadBytes === undefined ? {} : { maxBytes: request.maxDownloadBytes }),
    ...(isOnHub ? [await hubProvider({ config, split: hubSplit })] : []),
    createFileProvider({ glob: globFiles }),
  ];
}

/** Loaded only where it is asked for: most runs need nothing of the Hub. */
async function hubProvider(part: {
  config: string | undefined;
  split: string | undefined;
}): Promise<SourceProvider> {
  const [{ createHubProvider }, { readHubEnvironment }] = await Promise.all([
    import("@dpo-kit/hub"),
    import("@dpo-kit/hub/node"),
  ]);
  return createHubProvider({
    ...(await readHubEnvironment()),
    ...(part.config === undefined ? {} : { config: part.config }),
    ...(part.split === undefined ? {} : { hubSplit: part.split }),
  });
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
export async function findSources(request: FindRequest, environment: RunEnvironment): Promise<InputSource[]> {
  refuseTwoStreams(request.inputs);
  const asked = await providers(request, environment);
  const options = environment.signal === undefined ? {} : { signal: environment.signal };
  const found: InputSource[] = [];
  for (const input of request.inputs) {
    const provider = asked.find((candidate) => candidate.claims(input)) ?? asked.at(-1)!;
    found.push(...(await provider.resolve(input, options)));
  }
  return found;
}

/**
 * Refuses standard input where it is given twice.
 * @throws RUN_OPTION_INVALID
 */
export function refuseTwoStreams(inputs: readonly string[]): void {
  if (inputs.filter((input) => input === "-").length > 1) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "Standard input can be read only once",
      hint: "Give - once.",
    });
  }
}
