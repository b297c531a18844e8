import { type Counts, findImbalances, sum } from "@dpo-kit/batch";
import { createIssue, DataError, type Issue } from "@dpo-kit/schema";
import { leakIssues } from "@dpo-kit/split";
import { chatSummary } from "../chat-summary.ts";
import type { ConversionResult, DuplicateCounts, OutputRecord, SplitProof } from "../conversion-result.ts";
import { type ConversionStatus, conversionStatus, type StatusQuestion } from "../conversion-status.ts";
import { emptyExportIssues } from "../export/export-report.ts";
import { nextAfterConversion } from "../next-commands.ts";
import { isSplitName } from "../options/parse-splits.ts";
import type { OutputLayout } from "../output-layout.ts";
import type { PairsRequest } from "../pairs-request.ts";
import type { RunTally } from "../tally.ts";
import { acceptanceOf } from "./acceptance.ts";
import type { Reducers } from "./create-reducers.ts";
import { fileName } from "./manifest.ts";
import type { PairsRun, RecipeRun, RunObservers } from "./pairs-run.ts";
import { reportTargets } from "./report-targets.ts";

/**
 * Ends the files of a run that has read everything, puts them in place, and says what was done.
 * @throws RUN_UNBALANCED
 */
export async function endRun(
  run: PairsRun,
  observers: RunObservers,
  reducers: Reducers,
): Promise<ConversionResult> {
  const { command, request, outputs, plan } = run;
  const { tally } = observers;
  const { ledgers, transforms } = tally;
  await outputs.lines.end();
  nameShards(ledgers.pairs.written, run);
  const found = proofOf(observers, outputs.lines.names);
  const { sources } = run.recipe ?? {};
  const failed = sources?.failed ?? [];
  for (const issue of [...failed, ...(reducers.split?.notes?.() ?? []), ...found.issues]) {
    tally.issues.add(issue);
    await outputs.writeIssue(issue);
  }
  const { proof } = found;
  const duplicates: DuplicateCounts = observers.duplicates.counts();
  const status = conversionStatus({ ledgers, rejects: tally.rejects, ...judgement(request) });
  const written = await outputs.finish({ keepLines: !status.noPairs });
  refuseUnbalanced(tally, written);
  const { exports } = outputs;
  const emptyExports = emptyExportIssues(exports ?? []);
  for (const issue of emptyExports) {
    tally.issues.add(issue);
  }
  const accepted = acceptanceOf(reportTargets, tally.accepted, written);
  const stability = reducers.split?.stability.sentence;
  const conflicts = reducers.conflicts?.counts;
  const chat = chatSummary(observers.chat);
  const told = { command, plan, ledgers, transforms, accepted, duplicates, proof, conflicts, chat, exports };
  const manifest = await outputs.commit({
    ...told,
    stability,
    written,
    recipe: emptyExports.length > 0 ? withoutKey(run.recipe) : run.recipe,
  });
  if (sum(ledgers.pairs.written) === 0) {
    tally.issues.add(noPairsIssue(run, status));
  }
  const issues = tally.issues.report();
  const lines = sum(ledgers.pairs.written);
  const exitCode = failed.length + emptyExports.length > 0 ? 1 : status.exitCode;
  return {
    command,
    ok: exitCode === 0,
    exitCode,
    plan,
    ledgers,
    transforms,
    outputs: [...written, ...manifest],
    issues,
    accepted,
    duplicates,
    ...(conflicts === undefined ? {} : { conflicts }),
    ...(proof === undefined ? {} : { proof }),
    ...(chat === undefined ? {} : { chat }),
    ...(exports === undefined ? {} : { exports }),
    ...(sources === undefined ? {} : { sources }),
    next: nextAfterConversion(request, shownLayout(run), {
      status,
      rejects: tally.rejects,
      lines,
      issues,
      chat,
    }),
  };
}

/** What did not end well is not known again as done. */
function withoutKey(recipe: RecipeRun | undefined): RecipeRun | undefined {
  const { key: _, ...rest } = recipe ?? {};
  return recipe && (rest as RecipeRun);
}

/** Files that became shards are called by their pattern. */
function nameShards(counts: Counts, { layout, outputs }: PairsRun): void {
  const wholes = layout.lines.map(({ path }) => fileName(path));
  const entries = [...counts];
  counts.clear();
  for (const [name, count] of entries) {
    counts.set(outputs.lines.names[wholes.indexOf(name)] ?? name, count);
  }
}

function shownLayout({ layout, outputs }: PairsRun): OutputLayout {
  return {
    ...layout,
    lines: layout.lines.map((line, number) => ({ ...line, path: outputs.lines.paths[number]! })),
  };
}

/** Groups that are no prompts may have a prompt in common: then the files do, and somebody should know. */
function proofOf(
  { leaks }: RunObservers,
  names: readonly string[],
): { proof?: SplitProof; issues: readonly Issue[] } {
  if (leaks === undefined) {
    return { issues: [] };
  }
  const report = leaks.report();
  const prompts = new Map(report.files.map((file, number) => [names[number]!, file.prompts]));
  const issues = leakIssues(report, names).map((issue): Issue => ({ ...issue, severity: "warning" }));
  return { proof: { prompts, shared: report.sharedPrompts }, issues };
}

function noPairsIssue({ sources }: PairsRun, { noPairs }: ConversionStatus): Issue {
  const location = { source: sources.map(({ input }) => input.name).join(", ") };
  return noPairs
    ? createIssue("RUN_NO_PAIRS", { location })
    : createIssue("RUN_NO_PAIRS", {
        location,
        severity: "info",
        message: "There are no records, so there are no pairs",
        hint: "Nothing is wrong if the input is meant to be empty.",
      });
}

function judgement({
  allowRejects,
  onInvalid,
}: PairsRequest): Pick<StatusQuestion, "allowRejects" | "onInvalid"> {
  return {
    ...(allowRejects === undefined ? {} : { allowRejects }),
    ...(onInvalid === undefined ? {} : { onInvalid }),
  };
}

/** Files hold what the ledger says, or the run fails. */
function refuseUnbalanced({ ledgers }: RunTally, written: readonly OutputRecord[]): void {
  const lines = written
    .filter(({ kind }) => isSplitName(kind))
    .reduce((total, file) => total + file.lines, 0);
  const kept = sum(ledgers.pairs.written);
  const imbalances = findImbalances(ledgers);
  if (lines !== kept) {
    imbalances.push(`lines: ${kept} kept, ${lines} written`);
  }
  if (imbalances.length > 0) {
    throw new DataError("RUN_UNBALANCED", {
      message: `The ledgers do not balance: ${imbalances.join("; ")}`,
    });
  }
}
