/** A finished file of examples, as a provider takes it. */
export interface TrainingFile {
  /** Its name, without folders: `train.jsonl`. */
  readonly name: string;
  readonly bytes: number;
  /** Read while it is sent, never held in memory as a whole. */
  readonly content: Blob;
  /** Of the content, in hexadecimal digits. */
  readonly sha256: string;
  /** Of the content, in hexadecimal digits; Uploads are checked by it. */
  readonly md5: string;
  /** The lines in it. */
  readonly examples: number;
}

/** A file that a provider has. */
export interface UploadedFile {
  readonly id: string;
  /** As the provider says it; an open set. */
  readonly status: string;
  /** Whether jobs can use it; `failed` where it was refused. */
  readonly state: "processing" | "ready" | "failed";
  /** Why it was refused. */
  readonly reason?: string;
}

/**
 * The name that a file is uploaded under. It holds the beginning of the content's hash, so that a file whose upload
 * was not answered can be found again.
 */
export function uploadName({ name, sha256 }: Pick<TrainingFile, "name" | "sha256">): string {
  const stem = name.replace(/\.jsonl$/u, "").replace(/[^\w.-]+/gu, "-");
  return `${stem}.${sha256.slice(0, 16)}.jsonl`;
}
