import { type Answer, json, Refusal } from "../call.ts";
import { noBody, queryOf } from "../checks.ts";
import { examineExamples, examplesOf } from "../examine-training-file.ts";
import { type Form, readForm } from "../multipart.ts";
import { type Context, type Route, signedAddress } from "../route.ts";
import {
  advanceFile,
  findFile,
  nextId,
  type State,
  type StoredFile,
  type StoredUpload,
  storeFile,
} from "../state.ts";

/**
 * Files as Together keeps them (https://docs.together.ai/reference/upload-file): sent in one form, or, as its own
 * clients do, announced with a form and then put to the signed address that the answer redirects to
 * (https://github.com/togethercomputer/together-py, src/together/lib/resources/files.py). Uploads in parts, which
 * those clients use from 5 GB on, are not served.
 */
export const fileRoutes: readonly Route[] = [
  { method: "POST", path: "/files/upload", handle: uploadFile },
  { method: "POST", path: "/files", handle: announceFile },
  { method: "PUT", path: "/store/{id}", isSigned: true, handle: putFile },
  { method: "POST", path: "/files/{id}/preprocess", handle: preprocess },
  { method: "GET", path: "/files", handle: listFiles },
  { method: "GET", path: "/files/{id}", handle: retrieveFile },
  { method: "DELETE", path: "/files/{id}", handle: deleteFile },
  { method: "GET", path: "/files/{id}/content", handle: fileContent },
];

const purposes = [
  "fine-tune",
  "eval",
  "eval-sample",
  "eval-output",
  "eval-summary",
  "batch-generated",
  "batch-api",
];
const fileTypes = ["jsonl", "csv", "parquet"];

interface FileFields {
  filename: string;
  purpose: string;
}

function fieldsOf({ fields }: Form): FileFields {
  const unknown = [...fields.keys()].find(
    (name) => !["purpose", "file_name", "file_type", "checksum"].includes(name),
  );
  if (unknown !== undefined) {
    throw new Refusal(400, `Unknown form field: '${unknown}'.`, { param: unknown });
  }
  const filename = fields.get("file_name") ?? "";
  const purpose = fields.get("purpose") ?? "";
  const type = fields.get("file_type") ?? "jsonl";
  if (filename === "" || !purposes.includes(purpose) || !fileTypes.includes(type)) {
    throw new Refusal(400, "file_name, purpose or file_type is missing or not known.");
  }
  if (!filename.endsWith(`.${type}`)) {
    throw new Refusal(400, `'${filename}' is no name of a ${type} file.`, { param: "file_name" });
  }
  return { filename, purpose };
}

function uploadFile({ state, call }: Context): Answer {
  queryOf(call);
  const form = readForm(call);
  const [file, ...others] = form.files;
  if (file?.name !== "file" || others.length > 0) {
    throw new Refusal(400, "Missing required form field: 'file'.", { param: "file" });
  }
  return json(
    fileObject(keep(state, { ...fieldsOf(form), id: nextId(state, "file-"), content: file.content })),
  );
}

function announceFile({ state, call }: Context): Answer {
  queryOf(call);
  const isPlain = call.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const form: Form = isPlain
    ? { fields: new Map(new URLSearchParams(call.body.toString())), files: [] }
    : readForm(call);
  const id = nextId(state, "file-");
  const upload: StoredUpload = {
    ...fieldsOf(form),
    id,
    bytes: 0,
    createdAt: state.now,
    expiresAt: state.now + 3600,
    stage: "pending",
    parts: new Map(),
    fileId: undefined,
    fileExpiresAfter: undefined,
  };
  state.uploads.push(upload);
  const headers = { location: signedAddress(call, `/v1/store/${id}`), "x-together-file-id": id };
  return { status: 302, headers, body: Buffer.alloc(0) };
}

function putFile({ state, call, params }: Context): Answer {
  const upload = state.uploads.find(({ id }) => id === params.id);
  if (upload === undefined || upload.stage !== "pending" || upload.expiresAt <= state.now) {
    throw new Refusal(403, "The address has expired.");
  }
  const { id, filename, purpose } = upload;
  keep(state, { id, filename, purpose, content: call.body });
  upload.stage = "completed";
  upload.fileId = id;
  upload.bytes = call.body.length;
  return { status: 200, headers: {}, body: Buffer.alloc(0) };
}

/** What is wrong with it is found later, when the server has looked at it. */
function keep(state: State, sent: Pick<StoredFile, "id" | "filename" | "purpose" | "content">): StoredFile {
  const examples = examplesOf(sent.content);
  const isPreference = examples[0]?.includes('"input"') === true;
  const wrong = examineExamples(examples, isPreference ? "dpo" : "supervised");
  return storeFile(state, { ...sent, error: wrong === undefined ? undefined : `Line ${wrong}` });
}

function preprocess({ state, call, params }: Context): Answer {
  noBody(call);
  return json(fileObject(requireFile(state, params.id!)));
}

function listFiles({ state, call }: Context): Answer {
  queryOf(call);
  const present = state.files.filter(({ id }) => findFile(state, id) !== undefined);
  return json({ data: present.filter(({ purpose }) => purposes.includes(purpose)).map(fileObject) });
}

function retrieveFile({ state, call, params }: Context): Answer {
  queryOf(call);
  const file = requireFile(state, params.id!);
  if (state.options.advance !== "manual") {
    advanceFile(file);
  }
  return json(fileObject(file));
}

function deleteFile({ state, call, params }: Context): Answer {
  noBody(call);
  const file = requireFile(state, params.id!);
  file.isDeleted = true;
  return json({ id: file.id, deleted: true });
}

function fileContent({ state, params }: Context): Answer {
  const { content } = requireFile(state, params.id!);
  return { status: 200, headers: { "content-type": "text/plain" }, body: content };
}

function requireFile(state: State, id: string): StoredFile {
  const file = findFile(state, id);
  if (file === undefined) {
    throw new Refusal(404, `File ${id} not found`, { param: "id" });
  }
  return file;
}

/**
 * A file as the API shows it; what `processing_status` and `validation_report` say is described in
 * https://github.com/togethercomputer/skills, together-fine-tuning/references/data-formats.md.
 */
function fileObject(file: StoredFile): object {
  const examples = examplesOf(file.content);
  const format = examples[0]?.includes('"input"') === true ? "preference_openai" : "conversation";
  const reports = {
    uploaded: { processing_status: "PROCESSING" },
    processed: {
      processing_status: "COMPLETED",
      validation_report: { valid: true, dataset_format: format, nlines: examples.length },
    },
    error: {
      processing_status: "INVALID_FORMAT",
      validation_report: { valid: false, error_type: "INVALID_FORMAT", error: file.details },
    },
  };
  return {
    id: file.id,
    object: "file",
    created_at: file.createdAt,
    filename: file.filename,
    bytes: file.content.length,
    purpose: file.purpose,
    FileType: file.filename.split(".").at(-1),
    LineCount: examples.length,
    Processed: file.stage === "processed",
    ...reports[file.stage],
  };
}
