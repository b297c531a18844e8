import type { TargetId } from "@dpo-kit/schema";
import type { Allowance, ColumnNames, Margin, ShardSize } from "./options/parse-option.ts";
import type { SplitShare } from "./options/parse-splits.ts";
import type { TokenRequest } from "./tokens/token-request.ts";

/** Which pairs are taken out, and into which file each of the others goes. */
export interface ReducingRequest extends TokenRequest {
  /** Of the input and the longer answer. Default: any number. */
  readonly maxTokens?: number;
  /** What becomes of pairs with more tokens. Default `drop`. */
  readonly over?: "drop" | "error";
  /** Files of any format that is read; what is also in them is taken out. */
  readonly against?: readonly string[];
  /** Default `normalised`. */
  readonly againstMatch?: "exact" | "normalised" | "near";
  /** Default `prompt`. */
  readonly againstOn?: "prompt" | "pair";
  /** Default `keep`. */
  readonly conflicts?: "keep" | "keep-first" | "majority" | "drop" | "error";
  /** Where contradictions are listed. */
  readonly listConflicts?: string;
  /** Default `off`; of `dpo dedupe` `exact`. */
  readonly dedupe?: "off" | "exact" | "normalised";
  /** How alike near duplicates are, 0.5 to 1. Default: they are not looked for. */
  readonly near?: number;
  /** Default `both`; of a split by near duplicates `prompt`. */
  readonly nearOn?: "prompt" | "answers" | "both";
  /** The share of the pairs that may go as near duplicates, up to 1. Default 0.2. */
  readonly allowRemoval?: number;
  readonly maxPairsPerPrompt?: number;
  readonly sample?: Allowance;
  /** Default: one file; of `dpo split` `train=0.9,validation=0.1`. */
  readonly split?: readonly SplitShare[];
  /** As `split` of train and test. */
  readonly testSize?: number;
  /** `prompt`, `near`, `conversation`, `source` or the name of a field. Default `prompt`. */
  readonly splitBy?: string;
  /** `source`, `length` or the name of a field. */
  readonly stratify?: string;
  readonly shuffle?: boolean;
  /** Default 42. */
  readonly seed?: number;
  /** Bytes. Default 1 GB. */
  readonly memory?: number;
  /** Where removed pairs go, instead of beside the output. */
  readonly removed?: string;
}

/** What a conversion is asked to do. Names and meanings are those of the options of `dpo convert`. */
export interface ConversionRequest extends ReducingRequest {
  /** Paths, patterns, addresses, `-`; read in this order. At least one. */
  readonly inputs: readonly string[];
  /** Path, folder or `-`. */
  readonly output: string;
  readonly from?: string;
  /** Of datasets on the Hub. Default: the only one. */
  readonly config?: string;
  /** Of datasets on the Hub, and of folders and archives laid out as one. Default: the only one. */
  readonly hubSplit?: string;
  /** Which files of a folder or a zip archive are read: a path in it, or a pattern. Default: chosen as on the Hub. */
  readonly member?: string;
  readonly columns?: ColumnNames;
  readonly system?: string;
  readonly promptTemplate?: string;
  /** As `--verdict` writes it: `label:1=first,2=second,0=tie`, or a column alone. */
  readonly verdict?: string;
  readonly score?: string;
  readonly gatherBy?: readonly string[];
  /** Default `auto`. */
  readonly pairs?: "auto" | "best-worst" | "best-vs-rest" | "adjacent" | "all";
  readonly minMargin?: Margin;
  readonly maxPairsPerRecord?: number;
  /** Default `drop`. */
  readonly ties?: "drop" | "error";
  /** Default `drop`. */
  readonly onDivergence?: "drop" | "first-turn";
  readonly promptDelimiter?: string;
  /** What makes pairs of chat logs: `default`, `all`, or a list. Default `default`. */
  readonly signals?: string;
  /** Default `drop`. */
  readonly toolTurns?: "drop" | "native";
  /** Default `skip`. */
  readonly media?: "skip" | "marker";
  readonly keepReasoning?: boolean;
  /** Of annotation tools: the field that is the prompt, then the answers as they were shown. */
  readonly taskFields?: readonly string[];
  /** Targets that what was converted is also exported to, each into a folder of its own. Default: none. */
  readonly export?: readonly string[];
  /** Where answers go that were judged alone, as KTO lines. Default: they are only counted. */
  readonly unpaired?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly encoding?: string;
  /** Bytes. Default 32 MiB. */
  readonly maxCellBytes?: number;
  /** Bytes. Default 20 GiB. */
  readonly maxDownloadBytes?: number;
  /** Records of each input. Default: all. */
  readonly limit?: number;
  /** Default `["openai"]`. */
  readonly target?: readonly TargetId[];
  /** Default `reject`. */
  readonly onInvalid?: "reject" | "skip" | "stop";
  /** Default: none. */
  readonly allowRejects?: Allowance;
  readonly lean?: boolean;
  /** Bytes, or what all targets take. Default: `target` where targets are given, else `off`. Only in a folder. */
  readonly shardSize?: ShardSize;
  readonly rejects?: string;
  readonly manifest?: string;
  readonly provenance?: boolean;
  /** Default true. */
  readonly digest?: boolean;
  readonly force?: boolean;
  readonly issues?: string;
  readonly sarif?: string;
}

/** What `dpo dedupe` and `dpo split` are asked to do, with files of canonical lines. */
export interface RewritingRequest
  extends ReducingRequest,
    Pick<
      ConversionRequest,
      | "inputs"
      | "output"
      | "maxDownloadBytes"
      | "limit"
      | "target"
      | "onInvalid"
      | "allowRejects"
      | "shardSize"
      | "rejects"
      | "manifest"
      | "provenance"
      | "digest"
      | "force"
      | "issues"
      | "sarif"
    > {
  /** Bytes. Default 64 MiB. */
  readonly maxLineBytes?: number;
}

/** The options that say how input is read; what `dpo inspect` takes. */
export type ReadingRequest = Omit<ConversionRequest, "output">;

/** What a run needs of the process it is in. Everything has a default that suits a script. */
export interface RunEnvironment {
  /** Read for the input `-`. Default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Takes the lines for the output `-`. Default: the process's standard output. */
  readonly writeStdout?: (bytes: Uint8Array) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Told from time to time how far the run is. */
  readonly onProgress?: (progress: RunProgress) => void;
}

export interface RunProgress {
  /** Bytes of input read so far, of all inputs, as they are stored (compressed). */
  readonly bytesRead: number;
  /** Of all inputs, where it is known. */
  readonly bytesTotal?: number;
  readonly records: number;
  readonly pairs: number;
  readonly rejected: number;
  /** Of a recipe: how many of its sources are done, and those that are under way. */
  readonly sources?: { readonly done: number; readonly total: number; readonly current: readonly string[] };
}
