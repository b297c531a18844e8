import { DataError, type IssueCode } from "@dpo-kit/schema";

/** What the operating system says, as a user reads it. */
const sentences = new Map([
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["EACCES", "you may not do that"],
  ["EPERM", "you may not do that"],
  ["EROFS", "the file system cannot be written to"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "your share of the disk is full"],
  ["EISDIR", "it is a folder"],
  ["EMFILE", "too many files are open"],
  ["ENAMETOOLONG", "the name is too long"],
  ["EBUSY", "another program is using it"],
]);

/** The error of a file that cannot be read or written. A `DataError` is passed on as it is. */
export function fileError(code: IssueCode, path: string, error: unknown): DataError {
  if (DataError.isInstance(error)) {
    return error;
  }
  const { code: reason, message } = error as NodeJS.ErrnoException;
  const action = code === "IO_WRITE_FAILED" ? "written" : "read";
  const what = sentences.get(reason ?? "") ?? message;
  return new DataError(code, {
    message: `${path} cannot be ${action}: ${what}`,
    location: { source: path },
    cause: error,
  });
}

/** Whether an error of the operating system has one of some codes. */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? "");
}
