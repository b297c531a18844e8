import { DataError } from "@dpo-kit/schema";
import type { UploadAttempt } from "../fine-tuning-provider.ts";
import { objectsOf } from "../read-fields.ts";
import type { Connection } from "../requests/connection.ts";
import { askForJson, askOnce } from "../requests/rest-client.ts";
import { createOnce } from "../requests/retry.ts";
import { type TrainingFile, type UploadedFile, uploadName } from "../training-file.ts";
import { readTogetherFile } from "./read-together.ts";

/** The form that announces a file. */
export function announcement(file: TrainingFile): URLSearchParams {
  return new URLSearchParams({ purpose: "fine-tune", file_name: uploadName(file), file_type: "jsonl" });
}

/**
 * Uploads a file as Together's own clients do: announced, put to the signed address that the answer leads to, and
 * then processed (https://github.com/togethercomputer/together-python, src/together/filemanager.py).
 */
export function uploadTogetherFile(
  connection: Connection,
  file: TrainingFile,
  attempt: UploadAttempt,
): Promise<UploadedFile> {
  return createOnce(connection.retrying, {
    before: attempt.before,
    find: () => findFile(connection, file),
    create: async () => {
      const { id, address } = await announce(connection, file);
      await askOnce(connection, { method: "PUT", path: address, body: file.content });
      return preprocess(connection, id);
    },
  });
}

/** The address is a secret while it holds: it goes nowhere but into the request. */
async function announce(
  connection: Connection,
  file: TrainingFile,
): Promise<{ id: string; address: string }> {
  const response = await askOnce(connection, {
    method: "POST",
    path: "/files",
    body: announcement(file),
    redirect: "manual",
  });
  const [address, id] = [response.headers.get("location"), response.headers.get("x-together-file-id")];
  if (address === null || id === null) {
    throw new DataError("TUNE_REQUEST_REFUSED", {
      message: "Together named no address for the upload",
      location: { source: connection.retrying.name },
    });
  }
  return { id, address };
}

async function findFile(connection: Connection, file: TrainingFile): Promise<UploadedFile | undefined> {
  const files = objectsOf(await askForJson(connection, { path: "/files" }), "data");
  const found = files.find(({ filename, bytes }) => filename === uploadName(file) && bytes === file.bytes);
  const known = found && readTogetherFile(found);
  // Whoever sent it may have been ended before it was processed.
  return known?.state === "processing" ? preprocess(connection, known.id) : known;
}

async function preprocess(connection: Connection, id: string): Promise<UploadedFile> {
  const path = `/files/${encodeURIComponent(id)}/preprocess`;
  return readTogetherFile(await askForJson(connection, { method: "POST", path }));
}
