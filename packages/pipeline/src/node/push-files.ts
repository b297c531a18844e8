import {
  type DatasetCard,
  formatDatasetCard,
  formatHubAddress,
  type HubAddress,
  type PushFile,
  pushDataset,
  pushTarget,
  splitsOf,
} from "@dpo-kit/hub";
import { openPushFile, readHubEnvironment } from "@dpo-kit/hub/node";
import type { RunEnvironment } from "../conversion-request.ts";
import type { IssueReport } from "../conversion-result.ts";
import { lineFeatures, parquetFeatures } from "../example-features.ts";
import { createExampleMembers, type ExampleMembers, exampleColumns } from "../example-members.ts";
import { nextAfterPush } from "../next-after-push.ts";
import { pushCard } from "../push-card.ts";
import type { PushedCommit, PushOutcome } from "../push-outcome.ts";
import type { PushRequest } from "../push-request.ts";
import type { RunManifest } from "../run-manifest.ts";
import { createIssueTally } from "../tally.ts";
import { type CheckedFile, checkPushFile } from "./push-check.ts";
import { notTabular, withScratchFolder, writeParquetCopy } from "./push-parquet.ts";
import { createPushProgress, type PushProgressReport } from "./push-progress.ts";
import { findPushSources, type PushSource } from "./push-sources.ts";

/** A push that knows its files. */
interface Push {
  readonly request: PushRequest;
  readonly environment: RunEnvironment;
  readonly address: HubAddress;
  readonly sources: readonly PushSource[];
  readonly progress: PushProgressReport;
}

/** What the check of all files found. */
interface Checked {
  /** In the order of the sources. */
  readonly files: readonly CheckedFile[];
  readonly members: ExampleMembers;
  readonly issues: IssueReport;
}

/** What `pushFiles` of `push.ts` does, which loads this only where something is pushed. */
export async function pushToHub(request: PushRequest, environment: RunEnvironment): Promise<PushOutcome> {
  const address = pushTarget(request.destination, undefined);
  const sources = await findPushSources(request);
  const progress = createPushProgress(sources, environment);
  const push: Push = { request, environment, address, sources, progress };
  // Opened before they are checked: a file that changes after that cannot be read any more.
  const opened = await openAll(sources);
  const checked = await checkAll(push);
  if (checked.issues.byCode.some(({ severity }) => severity === "error")) {
    return outcomeOf(push, checked, []);
  }
  return withScratchFolder(async (folder) => {
    const files =
      request.parquet === true ? await parquetFiles(push, checked, folder) : lineFiles(opened, checked);
    const card = cardOf(push, checked);
    const done = request.dryRun === true ? {} : { pushed: await send(push, files, card) };
    const cardText = await textOf(push, files, card);
    return { ...outcomeOf(push, checked, files), cardText, ...done };
  });
}

function outcomeOf(
  { address, request, sources }: Push,
  { issues }: Checked,
  files: readonly PushFile[],
): PushOutcome {
  const exitCode = files.length === 0 ? 1 : 0;
  return {
    command: "push",
    ok: exitCode === 0,
    exitCode,
    destination: formatHubAddress(address),
    outputs: files.map(({ split, path, examples, content }) => ({
      kind: split,
      path,
      lines: examples,
      bytes: content.size,
    })),
    issues,
    next: nextAfterPush({
      request,
      issues,
      sources: sources.map(({ input }) => input.name),
      address,
      split: sources[0]!.split,
    }),
  };
}

function openAll(sources: readonly PushSource[]): Promise<PushFile[]> {
  return Promise.all(
    sources.map(({ input, split }) =>
      openPushFile(input.name, { path: `data/${input.baseName}`, split, examples: 0 }),
    ),
  );
}

async function checkAll({ sources, environment, progress }: Push): Promise<Checked> {
  const tally = createIssueTally();
  const members = createExampleMembers();
  const { signal } = environment;
  const files: CheckedFile[] = [];
  for (const { input } of sources) {
    files.push(await checkPushFile(input, { tally, members, signal, onRead: progress.checking }));
  }
  return { files, members, issues: tally.report() };
}

function lineFiles(opened: readonly PushFile[], { files }: Checked): PushFile[] {
  return opened.map((file, index) => {
    const { lines, bytes } = files[index]!;
    return { ...file, examples: lines, exampleBytes: bytes };
  });
}

/** One Parquet file of each, named as the Hub names shards: `data/train-00000-of-00002.parquet`. */
async function parquetFiles(push: Push, { files, members }: Checked, folder: string): Promise<PushFile[]> {
  const { sources, environment } = push;
  const columns = exampleColumns(members);
  if (members.withoutColumn !== undefined) {
    throw notTabular(sources[0]!.input.name, `there is no column for ${members.withoutColumn}`);
  }
  const written: PushFile[] = [];
  for (const [index, { input, split }] of sources.entries()) {
    const path = `${folder}/${index}.parquet`;
    await writeParquetCopy(input, { columns, path, signal: environment.signal });
    const { lines, bytes } = files[index]!;
    const named = { path: `data/${shardName(sources, index)}`, split, examples: lines, exampleBytes: bytes };
    written.push(await openPushFile(path, named));
  }
  return written;
}

function shardName(sources: readonly PushSource[], index: number): string {
  const { split } = sources[index]!;
  const number = sources.slice(0, index).filter((source) => source.split === split).length;
  const count = sources.filter((source) => source.split === split).length;
  const five = (value: number): string => String(value).padStart(5, "0");
  return `${split}-${five(number)}-of-${five(count)}.parquet`;
}

function cardOf({ request, address, sources }: Push, { files, members }: Checked): DatasetCard {
  const isParquet = request.parquet === true;
  const manifests = sources.flatMap(({ manifest }) => manifest ?? []);
  return pushCard({
    name: address.name,
    examples: files.reduce((sum, { lines }) => sum + lines, 0),
    isParquet,
    manifests: distinct(manifests),
    unknown: sources.filter(({ manifest }) => manifest === undefined).map(({ input }) => input.baseName),
    features: isParquet ? parquetFeatures(exampleColumns(members)) : lineFeatures(members),
    license: request.license,
    tool: request.tool ?? "dpo-kit",
  });
}

/** A manifest that was found beside several files is that of one run. */
function distinct(manifests: readonly RunManifest[]): RunManifest[] {
  return [...new Map(manifests.map((manifest) => [JSON.stringify(manifest), manifest])).values()];
}

function textOf({ address }: Push, files: readonly PushFile[], card: DatasetCard): Promise<string> {
  const repository = `${address.owner}/${address.name}`;
  return formatDatasetCard({ card, splits: splitsOf(files), repository });
}

async function send(push: Push, files: readonly PushFile[], card: DatasetCard): Promise<PushedCommit> {
  const { request, environment, progress } = push;
  const { create, message, parent, replaceCard } = request;
  return pushDataset(files, {
    ...(await readHubEnvironment()),
    repo: request.destination,
    card,
    onProgress: progress.uploading(files),
    ...(create === undefined ? {} : { create }),
    ...(message === undefined ? {} : { message }),
    ...(parent === undefined ? {} : { expectedParent: parent }),
    ...(replaceCard === undefined ? {} : { replaceCard }),
    ...(environment.signal === undefined ? {} : { signal: environment.signal }),
  });
}
