import { type Answer, json, Refusal } from "../call.ts";
import { type NamedObject, noBody, queryOf } from "../checks.ts";
import { type Form, readForm } from "../multipart.ts";
import type { Context, Route } from "../route.ts";
import { advanceFile, findFile, nextId, type State, type StoredFile, storeFile } from "../state.ts";
import { page } from "./page.ts";

const mebibyte = 1024 * 1024;
/** https://developers.openai.com/api/docs/api-reference/files/create */
const largestFile = 512 * mebibyte;
const purposes = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"];
const fields = ["purpose", "expires_after[anchor]", "expires_after[seconds]"];

/** The Files API (https://developers.openai.com/api/docs/api-reference/files). */
export const fileRoutes: readonly Route[] = [
  { method: "POST", path: "/files", handle: createFile },
  { method: "GET", path: "/files", handle: listFiles },
  { method: "GET", path: "/files/{id}", handle: retrieveFile },
  { method: "DELETE", path: "/files/{id}", handle: deleteFile },
  { method: "GET", path: "/files/{id}/content", handle: fileContent },
];

function createFile({ state, call }: Context): Answer {
  queryOf(call);
  const form = readForm(call);
  const unknown = [...form.fields.keys()].find((name) => !fields.includes(name));
  const [file, ...others] = form.files;
  if (unknown !== undefined || others.length > 0) {
    throw new Refusal(400, `Unknown form field: '${unknown ?? others[0]!.name}'.`);
  }
  if (file?.name !== "file") {
    throw new Refusal(400, "Missing required form field: 'file'.", { param: "file" });
  }
  const purpose = form.fields.get("purpose") ?? "";
  if (!purposes.includes(purpose)) {
    throw new Refusal(400, `'${purpose}' is not one of ${purposes.join(", ")} - 'purpose'`, {
      param: "purpose",
    });
  }
  const { content, filename } = file;
  const most = state.options.limits?.file ?? largestFile;
  if (content.length > most) {
    throw new Refusal(413, `Maximum content size limit (${most}) exceeded.`);
  }
  refuseUntrainable({ filename, purpose, content });
  const stored = storeFile(state, {
    id: nextId(state, "file-"),
    filename,
    purpose,
    content,
    expiresAfter: expiryOf(form),
  });
  return json(fileObject(state, stored));
}

/** What is seen of a file as it is taken: its name, and whether its first line is an object. */
export function refuseUntrainable({
  filename,
  purpose,
  content,
}: Pick<StoredFile, "filename" | "purpose" | "content">): void {
  if (purpose !== "fine-tune") {
    return;
  }
  if (!filename.endsWith(".jsonl")) {
    throw new Refusal(400, `Invalid file format for Fine-Tuning API. Must be .jsonl`, { param: "file" });
  }
  const [line = ""] = content.subarray(0, mebibyte).toString("utf8").trimStart().split("\n");
  if (!line.startsWith("{")) {
    const hint = `Line 1 is not a dictionary (HINT: line starts with: "${line.slice(0, 8)}...").`;
    throw new Refusal(
      400,
      `Expected file to have JSONL format, where every line is a JSON dictionary. ${hint}`,
    );
  }
}

function expiryOf({ fields: sent }: Form): number | undefined {
  const anchor = sent.get("expires_after[anchor]");
  const seconds = sent.get("expires_after[seconds]");
  if (anchor === undefined && seconds === undefined) {
    return undefined;
  }
  const value = Number(seconds);
  if (anchor !== "created_at" || !Number.isInteger(value) || value < 3600 || value > 2_592_000) {
    throw new Refusal(400, "Invalid 'expires_after': 3600 to 2592000 seconds after created_at.", {
      param: "expires_after",
    });
  }
  return value;
}

function listFiles({ state, call }: Context): Answer {
  const { purpose, order = "desc" } = Object.fromEntries(call.url.searchParams);
  const present = state.files.filter(({ id }) => findFile(state, id) !== undefined);
  const wanted = present.filter((file) => purpose === undefined || file.purpose === purpose);
  const sorted = order === "asc" ? wanted : wanted.reverse();
  const objects = sorted.map((file) => fileObject(state, file));
  return page(call, objects, { limit: 10_000, most: 10_000, more: ["purpose", "order"], hasEnds: true });
}

function retrieveFile({ state, call, params }: Context): Answer {
  queryOf(call);
  const file = requireFile(state, params.id!);
  if (state.options.advance !== "manual") {
    advanceFile(file);
  }
  return json(fileObject(state, file));
}

function deleteFile({ state, call, params }: Context): Answer {
  noBody(call);
  const file = requireFile(state, params.id!);
  file.isDeleted = true;
  return json({ id: file.id, object: "file", deleted: true });
}

function fileContent({ state, call, params }: Context): Answer {
  queryOf(call);
  const { content, purpose } = requireFile(state, params.id!);
  const isEncoded = purpose === "fine-tune-results" && state.options.resultEncoding !== "plain";
  const body = isEncoded ? Buffer.from(content.toString("base64")) : content;
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body };
}

function requireFile(state: State, id: string): StoredFile {
  const file = findFile(state, id);
  if (file === undefined) {
    throw new Refusal(404, `No such File object: ${id}`, { param: "id" });
  }
  return file;
}

/** A file as the API shows it. */
export function fileObject(state: State, file: StoredFile): NamedObject {
  // Microsoft has a word of its own: https://learn.microsoft.com/rest/api/azureopenai/files/get
  const uploaded = state.options.provider === "azure" ? "pending" : "uploaded";
  return {
    id: file.id,
    object: "file",
    bytes: file.content.length,
    created_at: file.createdAt,
    ...(file.expiresAt === undefined ? {} : { expires_at: file.expiresAt }),
    filename: file.filename,
    purpose: file.purpose,
    status: file.stage === "uploaded" ? uploaded : file.stage,
    ...(file.details === undefined ? {} : { status_details: file.details }),
  };
}
