import { createHash } from "node:crypto";
import { type Answer, json, Refusal } from "../call.ts";
import { jsonBody, list, noBody, number, object, oneOf, queryOf, text } from "../checks.ts";
import { readForm } from "../multipart.ts";
import type { Context, Route } from "../route.ts";
import { nextId, type State, type StoredUpload, storeFile } from "../state.ts";
import { fileObject, refuseUntrainable } from "./files.ts";

const mebibyte = 1024 * 1024;
const largestPart = 64 * mebibyte;
const largestUpload = 8 * 1024 * mebibyte;
const secondsToLive = 3600;

/** The Uploads API (https://developers.openai.com/api/docs/api-reference/uploads). */
export const uploadRoutes: readonly Route[] = [
  { method: "POST", path: "/uploads", handle: createUpload },
  { method: "POST", path: "/uploads/{id}/parts", handle: addPart },
  { method: "POST", path: "/uploads/{id}/complete", handle: completeUpload },
  { method: "POST", path: "/uploads/{id}/cancel", handle: cancelUpload },
];

const createBody = object(
  {
    filename: text({ min: 1 }),
    purpose: oneOf("assistants", "batch", "fine-tune", "vision"),
    bytes: number({ min: 1, max: largestUpload, isWhole: true }),
    mime_type: text({ form: /^[a-z]+\/[\w.+-]+$/u }),
  },
  {
    expires_after: object({
      anchor: oneOf("created_at"),
      seconds: number({ min: 3600, max: 2_592_000, isWhole: true }),
    }),
  },
);

interface CreateBody {
  filename: string;
  purpose: string;
  bytes: number;
  expires_after?: { seconds: number };
}

function createUpload({ state, call }: Context): Answer {
  queryOf(call);
  const { filename, purpose, bytes, expires_after } = jsonBody(call, createBody) as unknown as CreateBody;
  if (purpose === "fine-tune" && !filename.endsWith(".jsonl")) {
    throw new Refusal(400, "Invalid file format for Fine-Tuning API. Must be .jsonl", { param: "filename" });
  }
  const upload: StoredUpload = {
    id: nextId(state, "upload_"),
    filename,
    purpose,
    bytes,
    createdAt: state.now,
    expiresAt: state.now + secondsToLive,
    stage: "pending",
    parts: new Map(),
    fileId: undefined,
    fileExpiresAfter: expires_after?.seconds,
  };
  state.uploads.push(upload);
  return json(uploadObject(state, upload));
}

function addPart({ state, call, params }: Context): Answer {
  const upload = requirePending(state, params.id!);
  const { fields, files } = readForm(call);
  const content = files[0]?.name === "data" ? files[0].content : undefined;
  if (content === undefined || fields.size > 0 || files.length > 1) {
    throw new Refusal(400, "A part is sent as the one form field 'data'.", { param: "data" });
  }
  const most = state.options.limits?.part ?? largestPart;
  if (content.length === 0 || content.length > most) {
    throw new Refusal(400, `A part holds 1 to ${most} bytes, this one ${content.length}.`, {
      param: "data",
    });
  }
  const id = nextId(state, "part_");
  upload.parts.set(id, content);
  return json({ id, object: "upload.part", created_at: state.now, upload_id: upload.id });
}

function completeUpload({ state, call, params }: Context): Answer {
  const check = object({ part_ids: list(text()) }, { md5: text({ form: /^[0-9a-f]{32}$/u }) });
  const { part_ids, md5 } = jsonBody(call, check) as { part_ids: string[]; md5?: string };
  const upload = requirePending(state, params.id!);
  const content = Buffer.concat(part_ids.map((id) => requirePart(upload, id)));
  if (new Set(part_ids).size < part_ids.length) {
    throw new Refusal(400, "A part is named twice.", { param: "part_ids" });
  }
  if (content.length !== upload.bytes) {
    throw new Refusal(400, `The parts hold ${content.length} bytes, the upload was to hold ${upload.bytes}.`);
  }
  if (md5 !== undefined && createHash("md5").update(content).digest("hex") !== md5) {
    throw new Refusal(400, "The md5 checksum does not match the parts.", { param: "md5" });
  }
  const { filename, purpose, fileExpiresAfter: expiresAfter } = upload;
  refuseUntrainable({ filename, purpose, content });
  const file = storeFile(state, { id: nextId(state, "file-"), filename, purpose, content, expiresAfter });
  upload.stage = "completed";
  upload.fileId = file.id;
  upload.parts.clear();
  return json(uploadObject(state, upload));
}

function cancelUpload({ state, call, params }: Context): Answer {
  noBody(call);
  const upload = requirePending(state, params.id!);
  upload.stage = "cancelled";
  upload.parts.clear();
  return json(uploadObject(state, upload));
}

function requirePending(state: State, id: string): StoredUpload {
  const upload = state.uploads.find((one) => one.id === id);
  if (upload === undefined) {
    throw new Refusal(404, `No such Upload object: ${id}`, { param: "upload_id" });
  }
  if (upload.stage === "pending" && upload.expiresAt <= state.now) {
    upload.stage = "expired";
  }
  if (upload.stage !== "pending") {
    throw new Refusal(400, `Upload ${id} has status '${upload.stage}', but must be 'pending'.`);
  }
  return upload;
}

function requirePart(upload: StoredUpload, id: string): Buffer {
  const part = upload.parts.get(id);
  if (part === undefined) {
    throw new Refusal(400, `No such part of ${upload.id}: ${id}`, { param: "part_ids" });
  }
  return part;
}

function uploadObject(state: State, upload: StoredUpload): object {
  const { id, filename, bytes, purpose } = upload;
  const file = state.files.find((one) => one.id === upload.fileId);
  return {
    id,
    object: "upload",
    filename,
    bytes,
    purpose,
    status: upload.stage,
    created_at: upload.createdAt,
    expires_at: upload.expiresAt,
    ...(file === undefined ? {} : { file: fileObject(state, file) }),
  };
}
