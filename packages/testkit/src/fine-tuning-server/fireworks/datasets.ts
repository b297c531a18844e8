import { type Answer, json } from "../call.ts";
import { type Check, type JsonObject, jsonBody, noBody, object, oneOf, queryOf, text } from "../checks.ts";
import { examplesOf } from "../examine-training-file.ts";
import { readForm } from "../multipart.ts";
import { type Context, type Route, signedAddress } from "../route.ts";
import { advanceFile, findFile, type State, type StoredUpload, storeFile } from "../state.ts";
import { pageOf } from "./page.ts";
import { refuse, requireAccount } from "./refuse.ts";

/** https://docs.fireworks.ai/api-reference/upload-dataset-files: larger files go to a signed address. */
const largestForm = 150 * 1024 * 1024;
const datasets = "/accounts/{account}/datasets";

/**
 * Datasets as Fireworks keeps them: created by name, filled with one form or through a signed address, and then
 * `READY`. Shapes: https://github.com/fw-ai-external/python-sdk, src/fireworks/resources/datasets.py.
 */
export const datasetRoutes: readonly Route[] = [
  { method: "POST", path: datasets, handle: createDataset },
  { method: "GET", path: datasets, handle: listDatasets },
  { method: "GET", path: `${datasets}/{id}`, handle: retrieveDataset },
  { method: "DELETE", path: `${datasets}/{id}`, handle: deleteDataset },
  { method: "POST", path: `${datasets}/{id}:upload`, handle: upload },
  { method: "POST", path: `${datasets}/{id}:getUploadEndpoint`, handle: uploadEndpoint },
  { method: "PUT", path: "/store/{id}/{filename}", isSigned: true, handle: putFile },
  { method: "POST", path: `${datasets}/{id}:validateUpload`, handle: validateUpload },
];

const createBody: Check = object({
  datasetId: text({ form: /^[a-z][a-z0-9-]{0,62}$/u }),
  dataset: object(
    {},
    {
      displayName: text(),
      exampleCount: text({ form: /^\d+$/u }),
      format: oneOf("FORMAT_UNSPECIFIED", "CHAT", "COMPLETION", "RL"),
      userUploaded: object({}),
    },
  ),
});

function createDataset({ state, call, params }: Context): Answer {
  requireAccount(state, params);
  queryOf(call);
  const { datasetId: id } = jsonBody(call, createBody) as { datasetId: string };
  if (state.uploads.some((one) => one.id === id && one.stage !== "cancelled")) {
    throw refuse("ALREADY_EXISTS", `dataset ${id} already exists`);
  }
  const dataset: StoredUpload = {
    id,
    filename: "",
    purpose: "dataset",
    bytes: 0,
    createdAt: state.now,
    expiresAt: Infinity,
    stage: "pending",
    parts: new Map(),
    fileId: undefined,
    fileExpiresAfter: undefined,
  };
  state.uploads.push(dataset);
  return json(datasetObject(state, dataset));
}

function listDatasets({ state, call, params }: Context): Answer {
  requireAccount(state, params);
  const present = state.uploads.filter(({ stage }) => stage !== "cancelled");
  return json(
    pageOf(
      call,
      "datasets",
      present.map((dataset) => datasetObject(state, dataset)),
    ),
  );
}

function retrieveDataset({ state, call, params }: Context): Answer {
  queryOf(call, "readMask");
  const dataset = requireDataset(state, params);
  const file = findFile(state, dataset.id);
  if (file !== undefined && state.options.advance !== "manual") {
    advanceFile(file);
  }
  return json(datasetObject(state, dataset));
}

function deleteDataset({ state, call, params }: Context): Answer {
  noBody(call);
  const dataset = requireDataset(state, params);
  dataset.stage = "cancelled";
  const file = findFile(state, dataset.id);
  if (file !== undefined) {
    file.isDeleted = true;
  }
  return json({});
}

function upload({ state, call, params }: Context): Answer {
  queryOf(call);
  const dataset = requireEmpty(requireDataset(state, params));
  const { fields, files } = readForm(call);
  const [file, ...others] = files;
  if (file?.name !== "file" || others.length > 0 || fields.size > 0) {
    throw refuse("INVALID_ARGUMENT", "a dataset is sent as the one form field 'file'");
  }
  if (file.content.length > largestForm) {
    throw refuse("INVALID_ARGUMENT", "files of more than 150 MB go to the dataset's upload endpoint");
  }
  const { filename, content } = file;
  fill(state, dataset, { filename, content });
  return json({ id: dataset.id, object: "file", bytes: content.length, created_at: state.now, filename });
}

function uploadEndpoint({ state, call, params }: Context): Answer {
  const sizes: Check = (value, at) => {
    const names = Object.keys(value as object).map((name) => [name, text({ form: /^\d+$/u })]);
    object(Object.fromEntries(names))(value, at);
  };
  const { filenameToSize } = jsonBody(call, object({ filenameToSize: sizes })) as {
    filenameToSize: Record<string, string>;
  };
  const { id } = requireEmpty(requireDataset(state, params));
  const addresses = Object.keys(filenameToSize).map((name) => [
    name,
    signedAddress(call, `/v1/store/${id}/${encodeURIComponent(name)}`),
  ]);
  return json({ filenameToSignedUrls: Object.fromEntries(addresses) });
}

function putFile({ state, call, params }: Context): Answer {
  const dataset = requireEmpty(requireDataset(state, { ...params, account: state.account }));
  fill(state, dataset, { filename: params.filename!, content: call.body });
  return { status: 200, headers: {}, body: Buffer.alloc(0) };
}

function validateUpload({ state, call, params }: Context): Answer {
  jsonBody(call, object({}));
  const { id, stage } = requireDataset(state, params);
  if (stage !== "completed") {
    throw refuse("FAILED_PRECONDITION", `nothing was uploaded to dataset ${id}`);
  }
  return json({});
}

function fill(
  state: State,
  dataset: StoredUpload,
  { filename, content }: { filename: string; content: Buffer },
): void {
  if (!filename.endsWith(".jsonl")) {
    throw refuse("INVALID_ARGUMENT", `${filename} is no .jsonl file`);
  }
  storeFile(state, { id: dataset.id, filename, purpose: "dataset", content });
  dataset.stage = "completed";
  dataset.fileId = dataset.id;
  dataset.bytes = content.length;
}

function requireDataset(state: State, params: Context["params"]): StoredUpload {
  requireAccount(state, params);
  const dataset = state.uploads.find(({ id, stage }) => id === params.id && stage !== "cancelled");
  if (dataset === undefined) {
    throw refuse("NOT_FOUND", `dataset ${params.id} not found`);
  }
  return dataset;
}

function requireEmpty(dataset: StoredUpload): StoredUpload {
  if (dataset.stage !== "pending") {
    throw refuse("FAILED_PRECONDITION", `dataset ${dataset.id} holds a file already`);
  }
  return dataset;
}

function datasetObject(state: State, { id, createdAt }: StoredUpload): JsonObject {
  const file = findFile(state, id);
  const time = new Date(createdAt * 1000).toISOString();
  return {
    name: `accounts/${state.account}/datasets/${id}`,
    displayName: "",
    createTime: time,
    updateTime: time,
    state: file?.stage === "processed" ? "READY" : "UPLOADING",
    status: { code: file?.details === undefined ? "OK" : "INVALID_ARGUMENT", message: file?.details ?? "" },
    exampleCount: String(file === undefined ? 0 : examplesOf(file.content).length),
    format: "CHAT",
    userUploaded: {},
  };
}

/** Refuses the name of a dataset that cannot be trained on; gives its id. */
export function requireReady(state: State, name: string): string {
  const prefix = `accounts/${state.account}/datasets/`;
  const id = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const file = findFile(state, id);
  if (file === undefined) {
    throw refuse("NOT_FOUND", `dataset ${name} not found`);
  }
  if (file.stage !== "processed") {
    throw refuse("FAILED_PRECONDITION", `dataset ${name} is not ready`);
  }
  return id;
}
