import type { FineTuningServer, FineTuningServerOptions } from "./server-options.ts";
import { withFineTuningServer } from "./with-fine-tuning-server.ts";

/** A model that OpenAI still tunes. */
export const model = "gpt-4.1-mini-2025-04-14";

/** What a test asks a server, and what came. */
export interface TestAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Asks a server with its key; a form is sent as one, anything else as JSON. */
export async function ask(
  server: FineTuningServer,
  line: string,
  body?: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${server.apiKey}` },
): Promise<TestAnswer> {
  const [method, path] = line.split(" ");
  const isForm = body instanceof FormData;
  const response = await fetch(new URL(path!, server.origin), {
    method: method!,
    redirect: "manual",
    headers: { ...headers, ...(body === undefined || isForm ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface SentFile {
  /** Of the form field. */
  name: string;
  filename: string;
  content: string;
}

/** A form with one file, and fields. */
export function formOf(
  fields: Record<string, string>,
  { name = "file", filename = "train.jsonl", content = preferenceLines(10) }: Partial<SentFile> = {},
): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) {
    form.append(key, value);
  }
  form.append(name, new Blob([content]), filename);
  return form;
}

/** Lines that a supervised job takes. */
export function chatLines(count: number): string {
  const messages = [
    { role: "user", content: "Capital of France?" },
    { role: "assistant", content: "Paris" },
  ];
  return `${JSON.stringify({ messages })}\n`.repeat(count);
}

/** Lines that a DPO job takes. */
export function preferenceLines(count: number): string {
  const line = {
    input: { messages: [{ role: "user", content: "Capital of France?" }] },
    preferred_output: [{ role: "assistant", content: "Paris" }],
    non_preferred_output: [{ role: "assistant", content: "Lyon" }],
  };
  return `${JSON.stringify(line)}\n`.repeat(count);
}

/** The id in an answer. */
export function idOf(body: unknown): string {
  return (body as { id: string }).id;
}

/** Uploads a file, and has it processed. */
export async function upload(server: FineTuningServer, content?: string): Promise<string> {
  const form = formOf({ purpose: "fine-tune" }, content === undefined ? {} : { content });
  const { body } = await ask(server, `POST ${new URL(`${server.baseUrl}/files`).pathname}`, form);
  server.advance(idOf(body));
  return idOf(body);
}

/** Asks for a DPO job on the file that is there, with more keys in its body. */
export type CreateJob = (more?: object) => Promise<TestAnswer>;

/** Runs beside a server that has one file ready. */
export function withFile(
  options: FineTuningServerOptions,
  use: (server: FineTuningServer, create: CreateJob) => Promise<void>,
): Promise<void> {
  return withFineTuningServer(options, async (server) => {
    const training_file = await upload(server);
    const path = new URL(`${server.baseUrl}/fine_tuning/jobs`).pathname;
    await use(server, (more = {}) =>
      ask(server, `POST ${path}`, { model, training_file, method: { type: "dpo" }, ...more }),
    );
  });
}
