import type { DescribedRequest } from "../fine-tuning-provider.ts";
import type { JobRequest } from "../job-request.ts";
import type { Connection } from "../requests/connection.ts";
import { type TrainingFile, uploadName } from "../training-file.ts";
import { jobBody } from "./job-body.ts";
import { uploadBody } from "./upload-parts.ts";

/** What uploading the files and creating the job would send. */
export function describeRequests(
  connection: Connection,
  files: readonly TrainingFile[],
  request: JobRequest,
): DescribedRequest[] {
  const post = (path: string, body: DescribedRequest["body"]): DescribedRequest => ({
    method: "POST",
    url: `${connection.endpoint}${path}`,
    headers: connection.id === "azure" ? { "api-key": "[key]" } : { authorization: "Bearer [key]" },
    ...(body === undefined ? {} : { body }),
  });
  const { limits, id } = connection;
  const uploads = files.flatMap((file) =>
    file.bytes > limits.fileBytes
      ? [
          post("/uploads", uploadBody(file)),
          post("/uploads/{upload}/parts", {
            data: `${Math.ceil(file.bytes / limits.partBytes)} parts of up to ${limits.partBytes} bytes, ${limits.parallelParts} at a time`,
          }),
          post("/uploads/{upload}/complete", { part_ids: "[the parts in order]", md5: file.md5 }),
        ]
      : [post("/files", { purpose: "fine-tune", file: `${uploadName(file)} (${file.bytes} bytes)` })],
  );
  return [...uploads, post("/fine_tuning/jobs", jobBody(request, id))];
}
