import { DataError } from "@dpo-kit/schema";
import type { CardConfig } from "./card-configs.ts";
import { type DatasetFile, formatRank, preferBestFormat, sortFiles } from "./data-file.ts";
import { compileGlob } from "./glob-pattern.ts";
import { formatHubAddress, type HubAddress } from "./hub-address.ts";
import { canonicalSplit, splitOfPath } from "./split-of-path.ts";

/** Which part of a dataset is meant. */
export interface PartOptions {
  /** The name of a configuration. Default: the only one, or the one that is the default by the card. */
  config?: string;
  /** The name of a split, or several as `train+test`. Default: the only one. */
  hubSplit?: string;
}

/** The files that hold a part of a dataset. */
export interface FileChoice {
  /** Sorted by path within each split; never empty. */
  readonly files: readonly DatasetFile[];
  readonly config: string;
  /** In the order in which they are read. */
  readonly splits: readonly string[];
  /** Files that hold data and were not taken: other formats of the same rows, and names without a split. */
  readonly passedOver: readonly DatasetFile[];
}

type Splits = ReadonlyMap<string, readonly DatasetFile[]>;

/** What a choice is made of, and what it is called in messages. */
export interface ChoiceInput {
  files: readonly DatasetFile[];
  /** What the card says; empty where it says nothing. */
  configs: readonly CardConfig[];
  /** The address of the dataset; the path of a folder or an archive that is laid out as one. */
  address: HubAddress | string;
}

/**
 * Chooses the files of a configuration and split: as the card says, else by their names. Where the same split is
 * there in several formats, Parquet is taken before Arrow, JSON Lines, JSON, CSV and zip.
 *
 * @throws HUB_CHOICE_NEEDED HUB_CHOICE_UNKNOWN HUB_NO_DATA_FILES
 */
export function chooseFiles(input: ChoiceInput, options: PartOptions): FileChoice {
  const data = sortFiles(input.files.filter(({ path }) => formatRank(path) !== undefined));
  const byCard = input.configs.some(({ patterns, folder }) => patterns !== undefined || folder !== "");
  const layouts = byCard ? cardLayouts(input.configs, data) : namedLayouts(data);
  if (data.length === 0) {
    throw noFiles(input, "has no data files");
  }
  const config = chooseConfig(input, layouts, options.config);
  const layout = layouts.get(config)!;
  const available = layout.splits();
  const splits = chooseSplits(input, available, options.hubSplit);
  const files = [...new Set(splits.flatMap((split) => available.get(split)!))];
  if (files.length === 0) {
    throw noFiles(input, `has no data files in ${splits.join("+")} of ${config}`);
  }
  const all = new Set([...available.values()].flat());
  const passedOver = layout.candidates().filter((file) => !all.has(file));
  return { files, config, splits, passedOver };
}

/** A configuration; its files are worked out only if it is chosen. */
interface Layout {
  readonly isDefault: boolean;
  /** The files to read, by split. */
  splits(): Splits;
  /** All files that are meant, in any format. */
  candidates(): readonly DatasetFile[];
}

/** The default is the configuration that the card marks so, else the one that it names so. */
function cardLayouts(configs: readonly CardConfig[], data: readonly DatasetFile[]): Map<string, Layout> {
  const isMarked = configs.some(({ isDefault }) => isDefault);
  return new Map(
    configs.map((config): [string, Layout] => {
      const { name, folder } = config;
      const isDefault = isMarked ? config.isDefault : name === "default";
      const inside = (): DatasetFile[] =>
        data.filter(({ path }) => folder === "" || path.startsWith(`${folder}/`));
      return [name, { isDefault, ...cardLayout(config, inside) }];
    }),
  );
}

function cardLayout(
  { folder, patterns }: CardConfig,
  inside: () => DatasetFile[],
): Omit<Layout, "isDefault"> {
  if (patterns === undefined) {
    return { splits: () => splitsByName(inside()), candidates: inside };
  }
  const fitting = (glob: string, files: readonly DatasetFile[]): DatasetFile[] => {
    const fits = compileGlob(folder === "" ? glob : `${folder}/${glob}`);
    return files.filter(({ path }) => fits(path));
  };
  // A pattern that fits several formats means one; patterns are listed because all are meant.
  const filesOf = (globs: readonly string[], files: readonly DatasetFile[]): DatasetFile[] => [
    ...new Set(globs.flatMap((glob) => preferBestFormat(fitting(glob, files)))),
  ];
  return {
    splits() {
      const files = inside();
      return new Map([...patterns].map(([split, globs]) => [split, filesOf(globs, files)]));
    },
    candidates() {
      const files = inside();
      return [...new Set([...patterns.values()].flat().flatMap((glob) => fitting(glob, files)))];
    },
  };
}

function namedLayouts(data: readonly DatasetFile[]): Map<string, Layout> {
  const groups = groupBy(data, ({ path }) => splitOfPath(path).config);
  const entries = [...groups].map(([name, files]): [string, Layout] => {
    return [name, { isDefault: false, splits: () => splitsByName(files), candidates: () => files }];
  });
  return new Map(entries);
}

/** Files without a split are the training split where no file names one, else they are something beside it. */
function splitsByName(files: readonly DatasetFile[]): Splits {
  const named = files.filter(({ path }) => splitOfPath(path).split !== undefined);
  const groups = groupBy(named.length > 0 ? named : files, ({ path }) => splitOfPath(path).split ?? "train");
  return new Map([...groups].map(([split, members]) => [split, preferBestFormat(members)]));
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [value]);
    } else {
      group.push(value);
    }
  }
  return groups;
}

function chooseConfig(
  input: ChoiceInput,
  layouts: ReadonlyMap<string, Layout>,
  asked: string | undefined,
): string {
  const names = [...layouts.keys()];
  if (asked !== undefined) {
    return known(input, { kind: "configuration", flag: "--config", names, asked, found: asked });
  }
  const [main] = [...layouts].find(([, { isDefault }]) => isDefault) ?? [];
  if (main !== undefined || names.length === 1) {
    return main ?? names[0]!;
  }
  throw choiceNeeded(input, { kind: "configuration", flag: "--config", names });
}

function chooseSplits(input: ChoiceInput, available: Splits, asked: string | undefined): string[] {
  const names = [...available.keys()];
  if (asked !== undefined) {
    const splits = asked.split("+").map((one) => {
      const found = available.has(one) ? one : canonicalSplit(one);
      return known(input, { kind: "split", flag: "--hub-split", names, asked: one, found });
    });
    return [...new Set(splits)];
  }
  if (names.length === 1) {
    return names;
  }
  throw choiceNeeded(input, { kind: "split", flag: "--hub-split", names });
}

interface Choice {
  kind: "configuration" | "split";
  flag: string;
  names: readonly string[];
}

function known(input: ChoiceInput, choice: Choice & { asked: string; found: string }): string {
  if (choice.names.includes(choice.found)) {
    return choice.found;
  }
  const source = nameOf(input);
  throw new DataError("HUB_CHOICE_UNKNOWN", {
    message: `${source} has no ${choice.kind} ${choice.asked}; it has ${listed(choice.names)}`,
    location: { source },
  });
}

function choiceNeeded(input: ChoiceInput, { kind, flag, names }: Choice): DataError {
  const source = nameOf(input);
  const several = kind === "split" ? ` (or several: ${flag} ${names.slice(0, 2).join("+")})` : "";
  return new DataError("HUB_CHOICE_NEEDED", {
    message: `${source} has several ${kind}s: ${listed(names)}`,
    hint: `Choose one: ${flag} ${names[0]}${several}`,
    location: { source },
  });
}

/** At most this many names are listed. */
const mostListed = 50;

function listed(names: readonly string[]): string {
  const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : "";
  return `${names.slice(0, mostListed).join(", ")}${more}`;
}

function nameOf({ address }: ChoiceInput): string {
  return typeof address === "string" ? address : formatHubAddress(address);
}

function noFiles(input: ChoiceInput, what: string): DataError {
  const source = nameOf(input);
  return new DataError("HUB_NO_DATA_FILES", {
    message: `${source} ${what}`,
    hint: typeof input.address === "string" ? byNameHint : convertedHint(input.address),
    location: { source },
  });
}

const byNameHint = "Fetch what is missing, or name the files that are there: --member 'PATTERN'";

function convertedHint({ owner, name }: HubAddress): string {
  const converted = formatHubAddress({ owner, name, revision: "refs/convert/parquet" });
  return `Try the Hub's own Parquet copy: ${converted}`;
}
