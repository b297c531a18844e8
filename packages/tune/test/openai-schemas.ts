import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordedForm, RecordedRequest } from "@dpo-kit/testkit";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { jsonSchemaOf } from "./json-schema-of.ts";

/** The folder of real data, which is no part of this repository; undefined where it is not at hand. */
export const realData: string | undefined = process.env.DPO_REAL_DATA;

/** Which schemas a request and its answer fit. */
interface Operation {
  /** Fits `METHOD /path`. */
  line: RegExp;
  request?: string;
  answer: string;
}

const operations: readonly Operation[] = [
  { line: /^POST \/v1\/files$/u, request: "CreateFileRequest", answer: "OpenAIFile" },
  { line: /^GET \/v1\/files$/u, answer: "ListFilesResponse" },
  { line: /^GET \/v1\/files\/[^/]+$/u, answer: "OpenAIFile" },
  { line: /^DELETE \/v1\/files\/[^/]+$/u, answer: "DeleteFileResponse" },
  { line: /^POST \/v1\/uploads$/u, request: "CreateUploadRequest", answer: "Upload" },
  { line: /^POST \/v1\/uploads\/[^/]+\/parts$/u, request: "AddUploadPartRequest", answer: "UploadPart" },
  { line: /^POST \/v1\/uploads\/[^/]+\/complete$/u, request: "CompleteUploadRequest", answer: "Upload" },
  { line: /^POST \/v1\/uploads\/[^/]+\/cancel$/u, answer: "Upload" },
  { line: /^POST \/v1\/fine_tuning\/jobs$/u, request: "CreateFineTuningJobRequest", answer: "FineTuningJob" },
  { line: /^GET \/v1\/fine_tuning\/jobs$/u, answer: "ListPaginatedFineTuningJobsResponse" },
  { line: /^GET \/v1\/fine_tuning\/jobs\/[^/]+$/u, answer: "FineTuningJob" },
  { line: /^POST \/v1\/fine_tuning\/jobs\/[^/]+\/(?:cancel|resume)$/u, answer: "FineTuningJob" },
  { line: /^GET \/v1\/fine_tuning\/jobs\/[^/]+\/events$/u, answer: "ListFineTuningJobEventsResponse" },
  {
    line: /^GET \/v1\/fine_tuning\/jobs\/[^/]+\/checkpoints$/u,
    answer: "ListFineTuningJobCheckpointsResponse",
  },
];

/** What is wrong with requests and answers, by OpenAI's published schemas. */
export type SchemaCheck = (requests: readonly RecordedRequest[]) => string[];

/**
 * Reads the schemas beside the folder of real data (an extract of openapi.yaml of
 * https://github.com/openai/openai-openapi). They are closed: a key that they do not name is wrong, as it is to the
 * service. Requests that the schemas say nothing of, and answers other than 200, are passed over.
 */
export function readSchemaCheck(folder: string): SchemaCheck {
  const text = readFileSync(join(folder, "..", "reference", "openai-schemas.yaml"), "utf8");
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  for (const format of ["unixtime", "binary", "int64", "uri"]) {
    ajv.addFormat(format, true);
  }
  ajv.addSchema(jsonSchemaOf(parse(text)), "openai");
  const validatorOf = (name: string): ValidateFunction =>
    ajv.getSchema(`openai#/components/schemas/${name}`) ??
    ajv.compile({ $ref: `openai#/components/schemas/${name}` });
  return (requests) => requests.flatMap((request) => problemsOf(request, validatorOf));
}

/** How many of the requests the schemas say something of. */
export function countCovered(requests: readonly RecordedRequest[]): number {
  return requests.filter((request) => operationOf(request) !== undefined).length;
}

const lineOf = ({ method, path }: RecordedRequest): string => `${method} ${path}`;

function operationOf(request: RecordedRequest): Operation | undefined {
  return operations.find(({ line }) => line.test(lineOf(request)));
}

function problemsOf(recorded: RecordedRequest, validatorOf: (name: string) => ValidateFunction): string[] {
  const operation = operationOf(recorded);
  if (operation === undefined || recorded.status !== 200) {
    return [];
  }
  const { request, answer } = operation;
  const sent = request === undefined ? [] : errorsOf(validatorOf(request), bodyOf(recorded));
  const answered = errorsOf(validatorOf(answer), recorded.answer);
  return [...sent.map((error) => `sent${error}`), ...answered.map((error) => `answered${error}`)].map(
    (error) => `${lineOf(recorded)}: ${error}`,
  );
}

function errorsOf(validate: ValidateFunction, value: unknown): string[] {
  return validate(value)
    ? []
    : validate.errors!.map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}

/** A form as the object that its schema describes: `a[b]` is a key in a key, and a file is text. */
function bodyOf({ body }: RecordedRequest): unknown {
  const form = body as RecordedForm;
  if (form?.files === undefined) {
    return body;
  }
  const object: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(form.fields)) {
    const [, outer, inner] = /^(\w+)\[(\w+)\]$/u.exec(name) ?? [];
    const shown = inner === "seconds" ? Number(value) : value;
    Object.assign(
      object,
      outer === undefined
        ? { [name]: value }
        : { [outer]: { ...(object[outer] as object), [inner!]: shown } },
    );
  }
  return Object.assign(object, Object.fromEntries(form.files.map(({ name }) => [name, ""])));
}
