import type { RunEnvironment } from "../conversion-request.ts";
import type { PushOutcome } from "../push-outcome.ts";
import type { PushRequest } from "../push-request.ts";

/**
 * Pushes files of canonical lines to a dataset on the Hub, with a card that describes them, in one commit. All files
 * are checked first: where one holds an error, nothing is pushed and the outcome says what is wrong.
 *
 * @throws RUN_FOLDER_INCOMPLETE HUB_SPLIT_UNCLEAR HUB_NOT_TABULAR and what the search for files, the reading of files,
 * and `pushDataset` throw
 */
export async function pushFiles(
  request: PushRequest,
  environment: RunEnvironment = {},
): Promise<PushOutcome> {
  // Most runs need nothing of the Hub.
  const { pushToHub } = await import("./push-files.ts");
  return pushToHub(request, environment);
}
