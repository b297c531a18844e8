import { findDuplicateKeys, formatJsonPath } from "@dpo-kit/io";
import {
  type NormaliseMessagesOptions,
  normaliseMessages,
  normaliseTools,
  parseStructuredText,
} from "@dpo-kit/preference";
import {
  createIssue,
  type FunctionTool,
  type Issue,
  isBlank,
  type JsonValue,
  type Message,
  type TransformName,
} from "@dpo-kit/schema";
import type { CsvColumn } from "./csv-plan.ts";
import type { RecordCursor } from "./record-cursor.ts";

/** One record on its way to a comparison: what was changed, and what is wrong with it. */
export class RecordReading {
  readonly record: RecordCursor;
  readonly transforms: TransformName[] = [];
  readonly issues: Issue[] = [];

  constructor(record: RecordCursor) {
    this.record = record;
  }

  /** The text of a cell; empty where there is no such column. */
  text(column: CsvColumn | undefined): string {
    return column === undefined ? "" : this.record.text(column.index);
  }

  /**
   * The messages of a cell: those its list holds, or its text as the one message of `role`. None for an empty
   * cell that is structured; undefined where the cell cannot be read, which is then among the issues.
   */
  messages(
    column: CsvColumn,
    role: "user" | "assistant",
    options: Partial<NormaliseMessagesOptions> = {},
  ): Message[] | undefined {
    if (!column.structured) {
      return [{ role, content: this.text(column) }];
    }
    const value = this.value(column);
    if (value === undefined || value === null) {
      return value === null ? undefined : [];
    }
    const { index, name } = column;
    const at = this.record.cellLocation(index);
    // A conversation with its prompt in front numbers its calls from the start.
    const firstCall = Array.isArray(value) && value.length > 1 ? 1 : options.firstCall;
    const read = normaliseMessages(value, { ...options, at, path: name, firstCall });
    this.take(read);
    return read.issues.length > 0 ? undefined : read.messages;
  }

  /** The tools of a cell, if it has any. */
  tools(column: CsvColumn | undefined): FunctionTool[] | undefined {
    const value = column === undefined ? undefined : this.value(column, "tools");
    if (column === undefined || value === undefined || value === null) {
      return undefined;
    }
    const at = this.record.cellLocation(column.index);
    const read = normaliseTools(value, { at, path: column.name });
    this.take(read);
    return read.tools.length === 0 ? undefined : read.tools;
  }

  /** Adds what reading a cell came to, one by one: as many arguments as a long conversation has turns are too many. */
  private take(read: { transforms: readonly TransformName[]; issues: readonly Issue[] }): void {
    for (const transform of read.transforms) {
      this.transforms.push(transform);
    }
    for (const issue of read.issues) {
      this.issues.push(issue);
    }
  }

  /** What a structured cell holds; undefined if nothing, null if it cannot be read. */
  private value(column: CsvColumn, kind: "messages" | "tools" = "messages"): JsonValue | undefined {
    const text = this.text(column);
    if (isBlank(text) || /^\s*(?:null|None)\s*$/u.test(text)) {
      return undefined;
    }
    const parsed = parseStructuredText(text);
    if (parsed === undefined) {
      const location = this.record.cellLocation(column.index);
      const expected = `a list of ${kind} as JSON`;
      this.issues.push(createIssue("CSV_CELL_NOT_JSON", { location, expected, found: text }));
      return null;
    }
    const json = parsed.via === "double-encoded-json" ? (JSON.parse(text) as string) : text;
    const [twice] =
      parsed.via === "json" || parsed.via === "double-encoded-json" ? findDuplicateKeys(json, 1) : [];
    if (twice !== undefined) {
      const location = this.record.cellLocation(column.index);
      const expected = "each key once in an object";
      this.issues.push(
        createIssue("IO_JSON_DUPLICATE_KEY", { location, expected, found: formatJsonPath(twice.path) }),
      );
      return null;
    }
    if (kind === "messages") {
      this.transforms.push("cell-parsed-as-messages");
    }
    if (parsed.via !== "json") {
      this.transforms.push(
        parsed.via === "double-encoded-json" ? "double-encoded-json" : "cell-parsed-as-python",
      );
    }
    return parsed.value;
  }
}
