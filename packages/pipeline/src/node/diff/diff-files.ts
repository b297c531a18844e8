import { tmpdir } from "node:os";
import { createWorkingFolder, diskEntrySorters } from "@dpo-kit/io/node";
import { countAhead, type DatasetDiff, DiffCollector } from "@dpo-kit/stats";
import { createTokenPool, type TokenPool } from "@dpo-kit/tokens/node";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { DiffRequest } from "../../diff/diff-request.ts";
import type { DiffFile, DiffResult } from "../../diff/diff-result.ts";
import { shellWord } from "../../options/shell-word.ts";
import { createIssueTally, type IssueTally } from "../../tally.ts";
import { countLocated } from "../../tokens/locate-long-run.ts";
import { encodingChoice } from "../../tokens/token-request.ts";
import { refuseTwoStreams } from "../find-sources.ts";
import { findPairFiles, type PairFile } from "../stats/pair-files.ts";
import { readPairFiles } from "../stats/read-pair-files.ts";

/** Some six million pairs. */
const DEFAULT_DIFF_MEMORY = 256e6;

/** A file of one of the two datasets, and what was read of it. */
type SidedFile = PairFile & { readonly side: DiffFile["side"]; pairs: number; rejected: number };

/**
 * Compares two datasets of canonical lines, exactly and in bounded memory: what does not fit is sorted on disk. Pairs
 * move between splits only where both are folders of runs, which tell of theirs.
 *
 * @throws TOKENS_ENCODING_UNKNOWN RUN_FOLDER_INCOMPLETE RUN_OPTION_INVALID IO_NOT_FOUND and the refusals of files
 */
export async function diffFiles(request: DiffRequest, environment: RunEnvironment = {}): Promise<DiffResult> {
  refuseTwoStreams([request.old, request.new]);
  const files = await findBoth(request, environment);
  const countsTokens = request.model !== undefined || request.tokenEncoding !== undefined;
  const pool = countsTokens ? await createTokenPool(encodingChoice(request)) : undefined;
  const tally = createIssueTally();
  try {
    const diff = await compare(files, { request, environment, tally, pool });
    return resultOf(diff, { request, files, tally, pool });
  } finally {
    await pool?.close();
  }
}

async function findBoth(request: DiffRequest, environment: RunEnvironment): Promise<SidedFile[]> {
  const found: SidedFile[] = [];
  for (const side of ["old", "new"] as const) {
    const files = await findPairFiles({ ...request, inputs: [request[side]] }, environment);
    found.push(...files.map((file) => ({ ...file, side, pairs: 0, rejected: 0 })));
  }
  return found;
}

interface Comparing {
  readonly request: DiffRequest;
  readonly environment: RunEnvironment;
  readonly tally: IssueTally;
  readonly pool: TokenPool | undefined;
}

async function compare(
  files: readonly SidedFile[],
  { request, pool, ...reading }: Comparing,
): Promise<DatasetDiff> {
  const working = await createWorkingFolder(tmpdir());
  const createSorter = diskEntrySorters({
    directory: working.path,
    maxBytes: request.memory ?? DEFAULT_DIFF_MEMORY,
  });
  const collector = new DiffCollector({ createSorter });
  const sources = files.map(({ input }) => input.name);
  const knowsSplits = files.every(({ split }) => split !== undefined);
  try {
    const batches = readPairFiles(files, { ...reading, request, withOrigin: false });
    for await (const { file, batch, rejected, tokens } of countAhead(batches, {
      ...(pool === undefined
        ? {}
        : { countLines: countLocated(pool.countLines, sources), batchesAtOnce: 2 * pool.threads }),
    })) {
      const { side, split = "" } = files[file]!;
      files[file]!.pairs += batch.count;
      files[file]!.rejected += rejected;
      const counted = tokens === undefined ? {} : { tokens };
      collector.observe(batch, { side, split: knowsSplits ? split : "", ...counted });
    }
    return collector.result();
  } finally {
    collector.close();
    await working.close();
  }
}

function resultOf(
  diff: DatasetDiff,
  {
    request,
    files,
    tally,
    pool,
  }: Pick<Comparing, "request" | "tally" | "pool"> & { files: readonly SidedFile[] },
): DiffResult {
  const broken = files.filter(({ rejected }) => rejected > 0).map(({ input }) => shellWord(input.name));
  const ok = broken.length === 0 && (diff.same || request.exitCode !== true);
  return {
    command: "diff",
    ok,
    exitCode: ok ? 0 : 1,
    files: files.map(
      ({ input, side, split, pairs, rejected }): DiffFile => ({
        side,
        source: input.name,
        ...(split === undefined ? {} : { split }),
        pairs,
        rejected,
      }),
    ),
    diff,
    ...(pool === undefined ? {} : { encoding: pool.encoding }),
    issues: tally.report(),
    next: broken.length === 0 ? [] : [`dpo validate ${broken.join(" ")}`],
  };
}
