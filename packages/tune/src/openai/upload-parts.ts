import type { UploadAttempt } from "../fine-tuning-provider.ts";
import { statusOf } from "../requests/answer-error.ts";
import type { PartialUpload } from "../state/tune-state.ts";
import { type TrainingFile, uploadName } from "../training-file.ts";
import type { OpenAiClient } from "./open-client.ts";

/**
 * Uploads a file in parts, several at a time, and has the provider check the whole by its MD5
 * (https://platform.openai.com/docs/api-reference/uploads). An upload that was interrupted goes on from its last part,
 * and is begun again where it has expired, which it does an hour after it was created.
 *
 * @returns the id of the file.
 */
export async function uploadParts(
  client: OpenAiClient,
  file: TrainingFile,
  attempt: UploadAttempt,
): Promise<string> {
  const { partial } = attempt;
  if (partial !== undefined) {
    try {
      return await sendParts(client, file, { attempt, upload: partial });
    } catch (error) {
      if (statusOf(error) !== 400 && statusOf(error) !== 404) {
        throw error;
      }
    }
  }
  return sendParts(client, file, { attempt, upload: await beginUpload(client, file, attempt) });
}

async function sendParts(
  client: OpenAiClient,
  file: TrainingFile,
  { attempt, upload }: { attempt: UploadAttempt; upload: PartialUpload },
): Promise<string> {
  const { limits } = client.connection;
  const parts = new Map(Object.entries(upload.parts));
  const count = Math.ceil(file.bytes / upload.partBytes);
  const missing = Array.from({ length: count }, (_, index) => index).filter(
    (index) => !parts.has(`${index}`),
  );
  let saving = Promise.resolve();
  const sendNext = async (): Promise<void> => {
    for (let index = missing.shift(); index !== undefined; index = missing.shift()) {
      const data = partOf(file, index, upload.partBytes);
      const { id } = await client.retried((api) => api.uploads.parts.create(upload.id, { data }));
      parts.set(`${index}`, id);
      const known = { ...upload, parts: Object.fromEntries(parts) };
      // One after the other: an older list must not replace a newer one.
      saving = saving.then(() => attempt.onPartial?.(known));
      await saving;
      attempt.onProgress?.(Math.min(file.bytes, parts.size * upload.partBytes));
    }
  };
  const senders = Array.from({ length: limits.parallelParts }, () =>
    sendNext().catch((error: unknown) => {
      // The others end with the part that they are at, so that no part is still under way when this fails.
      missing.length = 0;
      throw error;
    }),
  );
  await Promise.allSettled(senders);
  await Promise.all(senders);
  const ids = Array.from({ length: count }, (_, index) => parts.get(`${index}`)!);
  return complete(client, upload.id, { ids, md5: file.md5 });
}

/** An upload that was begun and never completed is no file; the provider lets it expire. */
async function beginUpload(
  client: OpenAiClient,
  file: TrainingFile,
  { onPartial }: UploadAttempt,
): Promise<PartialUpload> {
  const { id } = await client.retried((api) => api.uploads.create(uploadBody(file)));
  const begun = { id, partBytes: client.connection.limits.partBytes, parts: {} };
  await onPartial?.(begun);
  return begun;
}

/** The body of the request that begins an upload. */
export function uploadBody(file: TrainingFile): {
  bytes: number;
  filename: string;
  mime_type: string;
  purpose: "fine-tune";
} {
  return { bytes: file.bytes, filename: uploadName(file), mime_type: "text/jsonl", purpose: "fine-tune" };
}

function partOf({ content }: TrainingFile, index: number, partBytes: number): File {
  return new File([content.slice(index * partBytes, (index + 1) * partBytes)], `part-${index}`);
}

/** Asked once: whoever gets no answer looks for the file first. */
async function complete(
  client: OpenAiClient,
  id: string,
  { ids, md5 }: { ids: string[]; md5: string },
): Promise<string> {
  const done = await client.once((api) => api.uploads.complete(id, { part_ids: ids, md5 }));
  return done.file?.id ?? "";
}
