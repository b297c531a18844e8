import { DataError, type TargetId } from "@dpo-kit/schema";
import type { ProviderId } from "@dpo-kit/tune";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { IssueReport } from "../../conversion-result.ts";
import { validateFiles } from "../validate-files.ts";

/** The provider's own rules; of a compatible server OpenAI's. */
export function targetOf(provider: ProviderId): TargetId {
  return provider === "compatible" ? "openai" : provider;
}

/** The files of a job. */
export interface TuneFiles {
  readonly training: string;
  readonly validation?: string | undefined;
}

/**
 * Checks files by all rules of a provider, so that nothing is uploaded that it would refuse.
 *
 * @throws TUNE_SETTING_INVALID for what is no `.jsonl` file
 */
export async function checkTrainingFiles(
  { training, validation }: TuneFiles,
  provider: ProviderId,
  environment: RunEnvironment,
): Promise<IssueReport> {
  const target = [targetOf(provider)];
  requireLines([training, ...(validation === undefined ? [] : [validation])]);
  const { issues } = await validateFiles({ inputs: [training], target }, environment);
  if (validation === undefined) {
    return issues;
  }
  const others = (await validateFiles({ inputs: [validation], target }, environment)).issues;
  // How few lines a validation file may have is nowhere documented.
  return joined(issues, without(others, "FILE_TOO_FEW_LINES"));
}

/** Providers take plain JSON Lines only (https://platform.openai.com/docs/api-reference/files/create). */
function requireLines(paths: readonly string[]): void {
  const wrong = paths.find((path) => !path.endsWith(".jsonl"));
  if (wrong !== undefined) {
    throw new DataError("TUNE_SETTING_INVALID", {
      message: `${wrong} cannot be uploaded: its name must end in .jsonl`,
      hint: `Write it as such: dpo validate ${wrong} --fix -o train.jsonl`,
      location: { source: wrong },
    });
  }
}

function without({ byCode, first }: IssueReport, code: string): IssueReport {
  return {
    byCode: byCode.filter((each) => each.code !== code),
    first: first.filter((each) => each.code !== code),
  };
}

function joined(a: IssueReport, b: IssueReport): IssueReport {
  const byCode = [...a.byCode];
  for (const each of b.byCode) {
    const at = byCode.findIndex(({ code, severity }) => code === each.code && severity === each.severity);
    if (at === -1) {
      byCode.push(each);
    } else {
      byCode[at] = { ...each, count: byCode[at]!.count + each.count };
    }
  }
  return { byCode, first: [...a.first, ...b.first] };
}

/** Whether a report holds an error. */
export function hasErrors({ byCode }: IssueReport): boolean {
  return byCode.some(({ severity }) => severity === "error");
}
