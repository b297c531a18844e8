import type { ColumnConfidence, ColumnRole } from "@dpo-kit/preference";
import type { TransformName } from "@dpo-kit/schema";
import type { CsvDialect } from "./csv-dialect.ts";
import type { PromptTemplate } from "./prompt-template.ts";

/** A column that plays a part. */
export interface CsvColumn {
  readonly role: ColumnRole;
  /** Its place in the header, from 0. */
  readonly index: number;
  /** As the header writes it. */
  readonly name: string;
  /** `given` by the user, `exact` or a `synonym` by its name. */
  readonly confidence: ColumnConfidence;
  /** Whether its cells are read as lists of messages (or as tools) instead of text. */
  readonly structured: boolean;
}

/** Where the prompt of a record comes from; `answers` are whole conversations with their prompt in front. */
export type CsvPromptSource = "column" | "template" | "messages" | "answers";

/** What would be done with a delimited text: plain data, made of its beginning, without reading on. */
export interface CsvPlan {
  readonly format: "csv";
  readonly dialect: CsvDialect;
  /** The column names, as they are written. */
  readonly header: readonly string[];
  readonly columns: Readonly<Partial<Record<ColumnRole, CsvColumn>>>;
  readonly promptFrom: CsvPromptSource;
  readonly promptTemplate?: PromptTemplate;
  /** A system message for the records that have none. */
  readonly system?: string;
  /** The columns that are lost: nothing of them will be in the pairs. */
  readonly unmapped: readonly string[];
  /** 0 to 1: how sure it is that dialect and columns are understood. */
  readonly confidence: number;
  /** What will be changed in records, as far as the beginning tells. */
  readonly transforms: readonly TransformName[];
  /** Whether the text began with a byte order mark, which decoding left out. */
  readonly byteOrderMark: boolean;
  /** Of the text before it was decoded: `utf-8` is the only one that needs no change. */
  readonly encoding: string;
}
