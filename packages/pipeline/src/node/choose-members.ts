import { relative, sep } from "node:path";
import type { CardConfig } from "@dpo-kit/hub";
import { datasetFolder } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";
import type { ReadingRequest } from "../conversion-request.ts";
import type { FoundSource, SourceMember, SourceSet } from "../source-set.ts";
import { missingShards } from "./missing-shards.ts";

/** What decides which members are read. */
export type MemberRequest = Pick<ReadingRequest, "config" | "hubSplit" | "member">;

/**
 * The members of a set that are read as rows: those asked for; else what `save_to_disk` says it saved; else the data
 * files of the configuration and split, by the dataset card or by their names, as on the Hub; else the only file.
 *
 * @throws IO_NOT_FOUND IO_UNSUPPORTED_FORMAT HUB_CHOICE_NEEDED HUB_CHOICE_UNKNOWN HUB_CARD_INVALID
 */
export async function chooseMembers(set: SourceSet, request: MemberRequest): Promise<FoundSource[]> {
  const { compileGlob, formatRank } = await import("@dpo-kit/hub");
  const { members } = set;
  if (request.member !== undefined) {
    const fits = compileGlob(request.member);
    const asked = members.filter(({ path }) => path === request.member || fits(path));
    return asked.length > 0 ? asked : refuse(set, `has no file ${request.member}`);
  }
  const saved = await savedConfigs(set);
  const data = members.filter(({ path }) => formatRank(path) !== undefined);
  if (saved === undefined && data.length === 0) {
    return members.length === 1 ? [...members] : refuse(set, "holds no file whose name is one of data");
  }
  return chosen(set, saved ?? (await cardConfigs(members)), request);
}

async function chosen(
  set: SourceSet,
  configs: readonly CardConfig[],
  { config, hubSplit }: MemberRequest,
): Promise<FoundSource[]> {
  const { chooseFiles } = await import("@dpo-kit/hub");
  const files = set.members.map(({ path, size = 0 }) => ({ path, size }));
  const choice = chooseFiles(
    { files, configs, address: set.name },
    { ...(config === undefined ? {} : { config }), ...(hubSplit === undefined ? {} : { hubSplit }) },
  );
  const byPath = new Map(set.members.map((member) => [member.path, member]));
  const why = `${choice.files.length} of ${files.length} files are its ${choice.splits.join("+")}`;
  const passedOver = choice.passedOver.map(({ path }) => path).slice(0, 10);
  const missing = missingShards(
    choice.files.map(({ path }) => path),
    mostListed,
  );
  const facts = [
    { label: "found in", value: set.name, why },
    ...(missing.length === 0
      ? []
      : [{ label: "not there", value: missing.join(", "), why: "the names of the others count it" }]),
    ...(passedOver.length === 0
      ? []
      : [{ label: "passed over", value: passedOver.join(", "), why: "--member reads others" }]),
  ];
  return choice.files.map(({ path }) => ({ ...byPath.get(path)!, facts }));
}

/** What a folder of `save_to_disk` says of its splits; beside its files there may be others, made on the way. */
async function savedConfigs({ kind, name }: SourceSet): Promise<CardConfig[] | undefined> {
  const saved = kind === "folder" ? await datasetFolder(name) : undefined;
  if (saved === undefined) {
    return undefined;
  }
  const splits = saved.splits.map((split): [string, string[]] => [
    split.name === "" ? "train" : split.name,
    split.files.map((file) => relative(name, file).replaceAll(sep, "/")),
  ]);
  return [{ name: "default", isDefault: true, folder: "", patterns: new Map(splits) }];
}

/** What the card of a dataset that was cloned from the Hub says. */
async function cardConfigs(members: readonly SourceMember[]): Promise<CardConfig[]> {
  const card = members.find(({ path, size = 0 }) => path === "README.md" && size < largestCard);
  if (card === undefined) {
    return [];
  }
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of card.open()) {
    text += decoder.decode(piece, { stream: true });
  }
  const { readCardConfigs } = await import("@dpo-kit/hub");
  return readCardConfigs(text);
}

const largestCard = 2 ** 24;
/** At most so many names are told. */
const mostListed = 10;

function refuse({ kind, members, name }: SourceSet, what: string): never {
  const listed = members.slice(0, mostListed).map(({ path }) => path);
  const more = members.length > mostListed ? ` and ${members.length - mostListed} more` : "";
  throw new DataError("IO_UNSUPPORTED_FORMAT", {
    message: `The ${kind === "zip" ? "archive" : "folder"} ${what}`,
    location: { source: name },
    hint:
      members.length === 0
        ? "It holds no files."
        : `Choose with --member, by name or pattern; it holds ${listed.join(", ")}${more}.`,
  });
}
