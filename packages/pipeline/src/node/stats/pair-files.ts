import type { InputSource } from "@dpo-kit/io";
import type { RunEnvironment } from "../../conversion-request.ts";
import { findSources } from "../find-sources.ts";
import { isRunFolder, readRunFolder } from "../run-folder.ts";

/** A file of canonical lines. */
export interface PairFile {
  readonly input: InputSource;
  /** The part of the dataset it holds, where it is one of a run: `train`, `validation`, `test`. */
  readonly split?: string;
}

/** What names files of pairs. */
export interface PairFilesRequest {
  /** Files, patterns, addresses, `-`, and folders of finished runs. */
  readonly inputs: readonly string[];
  readonly maxDownloadBytes?: number;
}

/**
 * The files of pairs that a request names, in order: of the folder of a finished run its splits.
 * @throws RUN_FOLDER_INCOMPLETE IO_NOT_FOUND IO_UNREADABLE RUN_OPTION_INVALID …
 */
export async function findPairFiles(
  { inputs, ...request }: PairFilesRequest,
  environment: RunEnvironment,
): Promise<PairFile[]> {
  const found: PairFile[] = [];
  const plain: string[] = [];
  // What is not a folder goes on together, as standard input can be read once only.
  const takePlain = async (): Promise<void> => {
    if (plain.length > 0) {
      const sources = await findSources({ ...request, inputs: plain.splice(0) }, environment);
      found.push(...sources.map((input) => ({ input })));
    }
  };
  for (const input of inputs) {
    if (await isRunFolder(input)) {
      await takePlain();
      found.push(...(await filesOfRun(input, environment)));
    } else {
      plain.push(input);
    }
  }
  await takePlain();
  return found;
}

async function filesOfRun(folder: string, environment: RunEnvironment): Promise<PairFile[]> {
  const { files } = await readRunFolder(folder);
  const found: PairFile[] = [];
  for (const { path, kind: split } of files) {
    const [input] = await findSources({ inputs: [path] }, environment);
    found.push({ input: input!, split });
  }
  return found;
}
