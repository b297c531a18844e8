import { createHash } from "node:crypto";
import { type Call, Refusal } from "./call.ts";
import type { RecordedForm } from "./server-options.ts";

/** A file in a form. */
export interface FormFile {
  name: string;
  filename: string;
  type: string;
  content: Buffer;
}

/** A form that was sent. */
export interface Form {
  fields: Map<string, string>;
  files: FormFile[];
}

const notAForm = (why: string): Refusal => new Refusal(400, `Could not parse multipart form: ${why}.`);

/** Reads a body as RFC 7578 describes it; anything out of place is refused. */
export function readForm({ headers, body }: Pick<Call, "headers" | "body">): Form {
  const boundary = /^multipart\/form-data;\s*boundary="?([^";]{1,70})"?$/u.exec(
    headers["content-type"] ?? "",
  )?.[1];
  if (boundary === undefined) {
    throw notAForm(`content type is '${headers["content-type"]}'`);
  }
  const form: Form = { fields: new Map(), files: [] };
  for (const part of partsOf(body, boundary)) {
    addPart(form, part);
  }
  return form;
}

function* partsOf(body: Buffer, boundary: string): Generator<Buffer> {
  const opening = `--${boundary}\r\n`;
  if (!body.subarray(0, opening.length).equals(Buffer.from(opening))) {
    throw notAForm("it does not begin with its boundary");
  }
  const separator = Buffer.from(`\r\n--${boundary}`);
  let start = opening.length;
  while (true) {
    const end = body.indexOf(separator, start);
    if (end === -1) {
      throw notAForm("it breaks off");
    }
    yield body.subarray(start, end);
    const after = body.subarray(end + separator.length, end + separator.length + 2).toString("latin1");
    if (after === "--") {
      return;
    }
    if (after !== "\r\n") {
      throw notAForm("a boundary is not followed by a line end");
    }
    start = end + separator.length + 2;
  }
}

function addPart(form: Form, part: Buffer): void {
  const end = part.indexOf("\r\n\r\n");
  const head = part.subarray(0, Math.max(end, 0)).toString("utf8");
  const disposition =
    /^content-disposition:\s*form-data;\s*name="([^"]+)"(?:;\s*filename="([^"]*)")?/imu.exec(head);
  if (end === -1 || disposition === null) {
    throw notAForm("a part has no name");
  }
  const [, name, filename] = disposition;
  const content = part.subarray(end + 4);
  if (form.fields.has(name!) || form.files.some((file) => file.name === name)) {
    throw notAForm(`'${name}' is given twice`);
  }
  if (filename === undefined) {
    form.fields.set(name!, content.toString("utf8"));
  } else {
    const type = /^content-type:\s*(\S+)/imu.exec(head)?.[1] ?? "";
    form.files.push({ name: name!, filename, type, content });
  }
}

/** A form as it is recorded: without the contents. */
export function recordForm({ fields, files }: Form): RecordedForm {
  return {
    fields: Object.fromEntries(fields),
    files: files.map(({ content, ...file }) => ({
      ...file,
      bytes: content.length,
      md5: createHash("md5").update(content).digest("hex"),
    })),
  };
}
