import { availableParallelism } from "node:os";
import type { Issue } from "@dpo-kit/schema";
import { collectStatistics, estimateTrainingCost, type StatisticsOptions } from "@dpo-kit/stats";
import { createTokenPool, type TokenPool } from "@dpo-kit/tokens/node";
import type { RunEnvironment } from "../../conversion-request.ts";
import { shellWord } from "../../options/shell-word.ts";
import { findingCommand } from "../../stats/finding-command.ts";
import { placedIssue, wholeIssue } from "../../stats/finding-issues.ts";
import type { StatisticsRequest } from "../../stats/statistics-request.ts";
import type { StatisticsFile, StatisticsResult } from "../../stats/statistics-result.ts";
import { createIssueTally } from "../../tally.ts";
import { countLocated } from "../../tokens/locate-long-run.ts";
import { encodingChoice } from "../../tokens/token-request.ts";
import { refuseUnsafePaths } from "../check-paths.ts";
import { createIssueOutputs, type IssueOutputs } from "../issue-outputs.ts";
import { createRunOutputs } from "../run-outputs.ts";
import { findPairFiles, type PairFile } from "./pair-files.ts";
import { modelColumns, type ReadPairFilesOptions, readPairFiles } from "./read-pair-files.ts";
import { readPrices } from "./read-prices.ts";

/**
 * Gathers the statistics of files of canonical lines, of all together, and what they mean. Files are read once, in
 * memory that does not grow with them; tokens are counted in threads, and the result does not depend on how many.
 *
 * @throws TOKENS_ENCODING_UNKNOWN TOKENS_RUN_TOO_LONG RUN_FOLDER_INCOMPLETE RUN_OPTION_INVALID IO_NOT_FOUND
 * IO_OUTPUT_EXISTS and the refusals of files
 */
export async function collectFileStatistics(
  request: StatisticsRequest,
  environment: RunEnvironment = {},
): Promise<StatisticsResult> {
  const epochs = typeof request.epochs === "number" ? request.epochs : 1;
  const prices = await readPrices(request.prices);
  const files = await findPairFiles(request, environment);
  const paths = request.issues === undefined ? [] : [request.issues];
  await refuseUnsafePaths(
    paths,
    files.map(({ input }) => input),
  );
  const pool = request.tokens === false ? undefined : await createTokenPool(encodingChoice(request));
  const outputs = await createRunOutputs({ force: request.force === true, digest: false, paths });
  try {
    const issues = await createIssueOutputs(request, outputs);
    const found = await collect(files, { request, environment, issues, pool });
    const written = await outputs.finish();
    await outputs.commit();
    const { tokens } = found.statistics.lengths;
    return {
      ...resultOf(found),
      epochs,
      ...(pool === undefined ? {} : { encoding: pool.encoding }),
      ...(tokens === undefined ? {} : { cost: estimateTrainingCost(tokens, { epochs, prices }) }),
      outputs: written,
    };
  } catch (error) {
    await outputs.abort();
    throw error;
  } finally {
    await pool?.close();
  }
}

interface Collecting {
  readonly request: StatisticsRequest;
  readonly environment: RunEnvironment;
  readonly issues: IssueOutputs;
  readonly pool: TokenPool | undefined;
}

type Found = Pick<StatisticsResult, "files" | "statistics" | "issues">;

async function collect(files: readonly PairFile[], collecting: Collecting): Promise<Found> {
  const { request, environment, issues, pool } = collecting;
  const sources = files.map(({ input }) => input.name);
  const tally = createIssueTally();
  const counts = files.map(() => ({ pairs: 0, rejected: 0 }));
  const placed: Issue[] = [];
  const options = { request, environment, tally, withOrigin: true };
  const statistics = await collectStatistics(
    eachBatch(files, options, async (file, pairs, rejected) => {
      counts[file]!.pairs += pairs;
      counts[file]!.rejected += rejected;
      await writeAll(issues, placed.splice(0));
    }),
    {
      sources,
      modelColumns,
      ...(pool === undefined ? {} : { countLines: countLocated(pool.countLines, sources) }),
      batchesAtOnce: 2 * availableParallelism(),
      ...(issues.wantsAll ? listenersFor(placed, sources) : {}),
    },
  );
  const whole = statistics.findings.filter(({ places }) => places.length === 0);
  await writeAll(issues, [...placed, ...whole.map((finding) => wholeIssue(finding, sources))]);
  await issues.end();
  const told = files.map(
    ({ split }, file): StatisticsFile => ({
      source: sources[file]!,
      ...(split === undefined ? {} : { split }),
      ...counts[file]!,
    }),
  );
  return { files: told, statistics, issues: tally.report() };
}

async function* eachBatch(
  files: readonly PairFile[],
  options: ReadPairFilesOptions,
  onBatch: (file: number, pairs: number, rejected: number) => Promise<void>,
) {
  for await (const { file, batch, rejected } of readPairFiles(files, options)) {
    await onBatch(file, batch.count, rejected);
    yield batch;
  }
}

/** What tells of every place, where all are asked for: the statistics name the first five. */
function listenersFor(
  placed: Issue[],
  sources: readonly string[],
): Pick<StatisticsOptions, "onMark" | "onNearIdentical"> {
  return {
    onMark({ code, title }, { part, found, ...place }) {
      const message = `The ${parts[part]} holds ${title}`;
      placed.push(placedIssue({ code, place, message, found }, sources));
    },
    onNearIdentical(place) {
      const message = "The two answers are nearly the same";
      placed.push(placedIssue({ code: "AUDIT_NEAR_IDENTICAL", place, message }, sources));
    },
  };
}

const parts = {
  prompt: "input",
  preferred: "preferred answer",
  nonPreferred: "non-preferred answer",
} as const;

async function writeAll(outputs: IssueOutputs, issues: readonly Issue[]): Promise<void> {
  for (const issue of issues) {
    await outputs.write(issue);
  }
}

function resultOf({ files, statistics, issues }: Found): Omit<StatisticsResult, "outputs" | "epochs"> {
  const sources = files.map(({ source }) => source);
  const isBroken = files.some(({ rejected }) => rejected > 0);
  const ok = !isBroken && statistics.pairs > 0;
  const findings = statistics.findings.map((finding) => {
    const command = findingCommand(finding, sources);
    return command === undefined ? finding : { ...finding, command };
  });
  return {
    command: "stats",
    ok,
    exitCode: ok ? 0 : 1,
    files,
    statistics,
    findings,
    issues,
    next: ok ? [] : [nextCommand(sources, statistics.pairs)],
  };
}

/** Files without a single pair are hardly canonical ones. */
function nextCommand(sources: readonly string[], pairs: number): string {
  const files = sources.map(shellWord).join(" ");
  return pairs === 0 ? `dpo convert ${files} -o train.jsonl` : `dpo validate ${files}`;
}
