import { DataError } from "@dpo-kit/schema";
import type { UploadAttempt } from "../fine-tuning-provider.ts";
import { objectOf, textOf } from "../read-fields.ts";
import { statusOf } from "../requests/answer-error.ts";
import type { Connection } from "../requests/connection.ts";
import { askForJson, askOnce, type RestObject } from "../requests/rest-client.ts";
import { createOnce } from "../requests/retry.ts";
import { type TrainingFile, type UploadedFile, uploadName } from "../training-file.ts";
import { readFireworksFile } from "./read-fireworks.ts";

/**
 * Larger files go to a signed address (https://docs.fireworks.ai/api-reference/upload-dataset-files: 150 MB). In bytes.
 */
export const LARGEST_FORM = 150_000_000;

/** A file, and where it goes. */
export interface DatasetUpload {
  /** `/accounts/<id>`. */
  readonly account: string;
  readonly file: TrainingFile;
  readonly attempt: UploadAttempt;
}

/** The id of the dataset that holds a file, made of its content. */
export function datasetIdOf({ sha256 }: Pick<TrainingFile, "sha256">): string {
  return `dpo-kit-${sha256.slice(0, 32)}`;
}

/** The body of the request that creates a dataset (https://docs.fireworks.ai/api-reference/create-dataset). */
export function datasetBody(file: TrainingFile): Record<string, unknown> {
  return {
    datasetId: datasetIdOf(file),
    // Not how many examples there are: that number then tells whether the file has arrived.
    dataset: { format: "CHAT", userUploaded: {} },
  };
}

/**
 * The body of the request for an address that a large file is sent to
 * (https://docs.fireworks.ai/api-reference/get-dataset-upload-endpoint).
 */
export function endpointBody(file: TrainingFile): Record<string, unknown> {
  return { filenameToSize: { [uploadName(file)]: String(file.bytes) } };
}

/** Creates a dataset named after the content of a file, and fills it, unless it is filled already. */
export async function uploadDataset(
  connection: Connection,
  { account, file, attempt }: DatasetUpload,
): Promise<UploadedFile> {
  const path = `${account}/datasets/${datasetIdOf(file)}`;
  const dataset = (): Promise<RestObject> => askForJson(connection, { path });
  const isNew = await createDataset(connection, account, file);
  await createOnce(connection.retrying, {
    before: attempt.before || !isNew,
    find: async () => (isFilled(await dataset()) ? true : undefined),
    create: () => fill(connection, path, file),
  });
  return readFireworksFile(await dataset());
}

/** Whether there was none; an earlier attempt, or an earlier job, may have made it. */
async function createDataset(connection: Connection, account: string, file: TrainingFile): Promise<boolean> {
  const json = datasetBody(file);
  try {
    await askForJson(connection, { method: "POST", path: `${account}/datasets`, json });
    return true;
  } catch (error) {
    if (statusOf(error) !== 409) {
      throw error;
    }
    return false;
  }
}

/** A dataset that waits for its file has no examples. */
function isFilled(dataset: RestObject): boolean {
  return textOf(dataset, "state") === "READY" || Number(textOf(dataset, "exampleCount") ?? 0) > 0;
}

async function fill(connection: Connection, path: string, file: TrainingFile): Promise<true> {
  if (file.bytes > LARGEST_FORM) {
    await putFile(connection, path, file);
  } else {
    const body = new FormData();
    body.append("file", new File([file.content], uploadName(file), { type: "application/jsonl" }));
    await askOnce(connection, { method: "POST", path: `${path}:upload`, body });
  }
  return true;
}

async function putFile(connection: Connection, path: string, file: TrainingFile): Promise<void> {
  const name = uploadName(file);
  const endpoint = await askForJson(connection, {
    method: "POST",
    path: `${path}:getUploadEndpoint`,
    json: endpointBody(file),
  });
  const address = textOf(objectOf(endpoint, "filenameToSignedUrls"), name);
  if (address === undefined) {
    throw new DataError("TUNE_REQUEST_REFUSED", {
      message: "Fireworks named no address for the upload",
      location: { source: connection.retrying.name },
    });
  }
  await askOnce(connection, {
    method: "PUT",
    path: address,
    body: file.content,
    headers: {
      "content-type": "application/octet-stream",
      // https://docs.fireworks.ai/fine-tuning: the signed addresses are those of Google's store.
      "x-goog-content-length-range": `${file.bytes},${file.bytes}`,
    },
  });
  await askForJson(connection, { method: "POST", path: `${path}:validateUpload`, json: {} });
}
