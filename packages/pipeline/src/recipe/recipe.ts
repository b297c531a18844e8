import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ConversionRequest, ReducingRequest } from "../conversion-request.ts";
import type { ExpandedValues } from "./hide-values.ts";
import type { Where } from "./where/where.ts";

/** What is done with the pairs of all sources, and what is written beside them. */
export type RunOptions = ReducingRequest &
  Pick<
    ConversionRequest,
    | "target"
    | "onInvalid"
    | "allowRejects"
    | "lean"
    | "shardSize"
    | "rejects"
    | "manifest"
    | "provenance"
    | "digest"
    | "issues"
    | "sarif"
    | "unpaired"
    | "export"
  >;

/** How a source is read. */
export type SourceOptions = Omit<ConversionRequest, "inputs" | "output" | "force" | keyof RunOptions>;

/** One entry of a recipe's sources. It names one file, or as many as its pattern matches. */
export interface RecipeSource {
  /** A path relative to the recipe, a pattern, or an address; variables are expanded. */
  readonly from: string;
  /** The same as the recipe has it, with the names of variables. */
  readonly fromAsWritten: string;
  readonly where?: Where;
  /** Its own, and those of `defaults` that it does not have. */
  readonly options: SourceOptions;
  /** Where `from` stands in the recipe. */
  readonly place: Location;
}

/** A recipe that was checked. */
export interface Recipe extends ExpandedValues {
  readonly sources: readonly RecipeSource[];
  readonly options: RunOptions;
  /** The folder that everything is written to, relative to the recipe. */
  readonly outputFolder: string;
  /** What the file says, with the names of variables and without their values: what a manifest may hold. */
  readonly asWritten: JsonObject;
}
