import { sleepFor } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import type { FileEntry } from "../state/tune-state.ts";
import { type TrainingFile, type UploadedFile, uploadName } from "../training-file.ts";
import { POLL_INTERVAL, type TuneContext } from "./run-context.ts";

/**
 * Uploads a file unless the state knows that it is there, and waits until jobs can use it. What is begun is written
 * down before it is begun, so that an interrupted upload is looked for and not made again.
 *
 * @returns the id of the file.
 * @throws TUNE_FILE_REFUSED and what the provider throws
 */
export async function uploadOnce(context: TuneContext, file: TrainingFile): Promise<string> {
  const { provider, onProgress } = context;
  const known = await findEntry(context, file);
  const isThere = known?.id !== undefined && (await stillThere(context, known.id));
  if (!isThere) {
    onProgress?.({ kind: "uploading", file: file.name, bytes: file.bytes, sent: 0 });
    await keep(context, file, known?.id === undefined ? { partial: known?.partial } : {});
  }
  const uploaded = isThere
    ? await provider.getFile(known!.id!)
    : await provider.uploadFile(file, {
        before: known !== undefined && known.id === undefined,
        partial: known?.partial,
        onPartial: (partial) => keep(context, file, { partial }),
        onProgress: (sent) => onProgress?.({ kind: "uploading", file: file.name, bytes: file.bytes, sent }),
      });
  await keep(context, file, { id: uploaded.id });
  onProgress?.({ kind: "uploaded", file: file.name, id: uploaded.id, isKnown: isThere });
  return (await waitForFile(context, file.name, uploaded)).id;
}

/** Looks at a file until jobs can use it. */
async function waitForFile(
  context: TuneContext,
  name: string,
  uploaded: UploadedFile,
): Promise<UploadedFile> {
  const { provider, signal, pollInterval = POLL_INTERVAL, sleep = sleepFor, onProgress } = context;
  let file = uploaded;
  while (file.state === "processing") {
    onProgress?.({ kind: "processing", file: name, id: file.id, status: file.status });
    await sleep(pollInterval, signal);
    file = await provider.getFile(file.id);
  }
  if (file.state === "failed") {
    throw new DataError("TUNE_FILE_REFUSED", {
      message: `${file.id} is ${file.status}: ${file.reason ?? "no reason is given"}`,
      location: { source: name },
    });
  }
  return file;
}

async function findEntry(
  { provider, store }: TuneContext,
  file: TrainingFile,
): Promise<FileEntry | undefined> {
  const { files } = await store.read();
  return files.find((entry) => isOf(entry, provider.endpoint, file));
}

/** A file that was deleted there, or refused, is sent again. */
async function stillThere({ provider }: TuneContext, id: string): Promise<boolean> {
  try {
    return (await provider.getFile(id)).state !== "failed";
  } catch (error) {
    if (DataError.isInstance(error) && error.code === "TUNE_NOT_FOUND") {
      return false;
    }
    throw error;
  }
}

async function keep(
  { provider, store }: TuneContext,
  file: TrainingFile,
  known: { id?: string; partial?: FileEntry["partial"] | undefined },
): Promise<void> {
  const state = await store.read();
  const { bytes, sha256 } = file;
  const entry: FileEntry = {
    endpoint: provider.endpoint,
    name: uploadName(file),
    bytes,
    sha256,
    ...(known.id === undefined ? {} : { id: known.id }),
    ...(known.partial === undefined ? {} : { partial: known.partial }),
  };
  const others = state.files.filter((each) => !isOf(each, provider.endpoint, file));
  await store.write({ ...state, files: [...others, entry] });
}

function isOf(entry: FileEntry, endpoint: string, { sha256, bytes }: TrainingFile): boolean {
  return entry.endpoint === endpoint && entry.sha256 === sha256 && entry.bytes === bytes;
}
