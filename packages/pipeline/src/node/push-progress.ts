import type { PushFile, PushProgress } from "@dpo-kit/hub";
import type { RunEnvironment } from "../conversion-request.ts";
import type { PushSource } from "./push-sources.ts";

/** Tells the environment how far a push is: first through the check, then through the upload. */
export interface PushProgressReport {
  /** Takes how many more bytes were read, and of which line of the file. */
  checking(bytes: number, lines: number): void;
  /** What takes the progress of the upload of these files. */
  uploading(files: readonly PushFile[]): (progress: PushProgress) => void;
}

/** Begins at the first byte of the first file. */
export function createPushProgress(
  sources: readonly PushSource[],
  { onProgress }: RunEnvironment,
): PushProgressReport {
  const toCheck = sources.reduce((sum, { input }) => sum + (input.size ?? 0), 0);
  let checked = 0;
  return {
    checking(bytes, lines) {
      checked += bytes;
      onProgress?.({ bytesRead: checked, bytesTotal: toCheck, records: lines, pairs: lines, rejected: 0 });
    },
    uploading(files) {
      const sizes = new Map(files.map(({ path, content }) => [path, content.size]));
      const records = files.reduce((sum, { examples }) => sum + examples, 0);
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      const sent = new Map<string, number>();
      return (progress) => {
        if (progress.kind === "phase" || progress.state !== "uploading") {
          return;
        }
        sent.set(progress.path, (sizes.get(progress.path) ?? 0) * progress.progress);
        const bytesRead = Math.round([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
        onProgress?.({ bytesRead, bytesTotal: total, records, pairs: records, rejected: 0 });
      };
    },
  };
}
