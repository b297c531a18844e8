import { memberPath } from "../json-path.ts";
import { isObject, type UnknownObject } from "./line-parts.ts";
import type { Report } from "./report.ts";

const mediaTypes: ReadonlySet<unknown> = new Set([
  "image_url",
  "image",
  "input_image",
  "input_audio",
  "audio",
  "file",
  "input_file",
  "video",
  "video_url",
]);

/** Checks the content of a message that must have text: a string or a list of text parts. */
export function checkTextContent(content: unknown, report: Report): void {
  if (typeof content === "string") {
    return;
  }
  if (content === undefined) {
    report.add("MESSAGE_MISSING_KEY", "content", { expected: "content" });
  } else if (isPartList(content, report)) {
    for (let index = 0; index < content.length; index += 1) {
      checkTextPart(content[index], index, report);
    }
  }
}

/** Checks the content of an assistant: as others', or null, or left out, or exactly one refusal part. */
export function checkAssistantContent(content: unknown, report: Report): void {
  if (content === undefined || content === null || typeof content === "string") {
    return;
  }
  if (!isPartList(content, report)) {
    return;
  }
  if (content.length === 1 && isRefusal(content[0])) {
    checkRefusalPart(content[0], report);
    return;
  }
  for (let index = 0; index < content.length; index += 1) {
    checkTextPart(content[index], index, report);
  }
}

function isPartList(content: unknown, report: Report): content is unknown[] {
  if (Array.isArray(content) && content.length > 0) {
    return true;
  }
  report.add("MESSAGE_CONTENT_INVALID", "content", {
    expected: "text or a list of text parts",
    found: content,
  });
  return false;
}

function checkTextPart(part: unknown, index: number, report: Report): void {
  if (isObject(part) && part.type === "text" && typeof part.text === "string") {
    checkPartKeys(part, `content[${index}]`, report);
    return;
  }
  const media = isObject(part) && mediaTypes.has(part.type);
  report.add(media ? "MESSAGE_NOT_TEXT" : "MESSAGE_PART_INVALID", `content[${index}]`, {
    expected: "a text part",
    found: media ? part.type : part,
  });
}

function isRefusal(part: unknown): part is UnknownObject {
  return isObject(part) && part.type === "refusal";
}

function checkRefusalPart(part: UnknownObject, report: Report): void {
  if (typeof part.refusal === "string") {
    checkPartKeys(part, "content[0]", report);
  } else {
    report.add("MESSAGE_PART_INVALID", "content[0]", { expected: "a refusal part", found: part });
  }
}

/** A part has its type, and its text under a key that is named as the type. */
function checkPartKeys(part: UnknownObject, path: string, report: Report): void {
  for (const key in part) {
    if (key !== "type" && key !== part.type) {
      report.add("MESSAGE_PART_INVALID", memberPath(path, key), { expected: "no such key", found: key });
    }
  }
}
