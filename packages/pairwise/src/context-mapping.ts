import { type ColumnRole, columnFlag, columnSynonyms, normaliseColumnName } from "@dpo-kit/preference";
import { type JsonValue, trimWhiteSpace } from "@dpo-kit/schema";
import { isObject } from "./candidates/member.ts";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import { isEmptyValue, member } from "./row-reader.ts";
import { type ColumnSummary, columnNamed, type RowSample, sampleOf, type ValueKind } from "./row-sample.ts";
import type { ColumnMapping, NeededFlag } from "./shape.ts";

/** Which columns hold what the answers reply to. */
export interface ContextMapping {
  /** Roles `prompt`, `input` (joined to the prompt), `messages` (before the prompt), `system`, `tools`, `media`; and
   * `other prompt`: what holds the prompt in rows of another layout. */
  readonly mapping: readonly ColumnMapping[];
  /** Whether there is a prompt at all. */
  readonly hasPrompt: boolean;
  readonly needsFlag?: NeededFlag | undefined;
}

type ContextRole = "prompt" | "messages" | "system" | "tools";

/** Columns of messages that surely stand before the prompt, not for it. */
const historyNames: ReadonlySet<string> = new Set(
  ["history", "chat_history", "conversation_history", "dialogue_history", "message_history"].map(
    normaliseColumnName,
  ),
);

/**
 * Finds the columns of the prompt, of the messages before it, of the system message and of the tools: those the
 * user names, else by known names. Of several columns those that are empty or say the same as another are passed
 * over; `instruction` and `input` make one prompt, as Alpaca's do; else the user is asked.
 *
 * @param taken columns that play another part.
 */
export function mapContext(
  sample: RowSample,
  options: PairwiseMappingOptions,
  taken: readonly string[] = [],
): ContextMapping {
  return new ContextFinder(rowsWith(sample, taken), options, taken).find();
}

/** In files of mixed shapes only the rows that have the answers tell what these reply to. */
function rowsWith(sample: RowSample, columns: readonly string[]): RowSample {
  const rows = sample.rows.filter((row) => columns.every((column) => Object.hasOwn(row, column)));
  return rows.length === 0 || rows.length === sample.rows.length ? sample : sampleOf(rows);
}

const listKinds: ReadonlySet<ValueKind> = new Set(["messages", "messages-text", "message"]);
const turnKinds: ReadonlySet<ValueKind> = new Set(["turns"]);
const textKinds: ReadonlySet<ValueKind> = new Set(["text", "number", "object"]);

/** Columns that hold what the prompt is about, beside its text. */
const mediaNames: ReadonlySet<string> = new Set(["image", "images", "audio", "audios", "video", "videos"]);

interface FoundColumns {
  readonly named: readonly ColumnSummary[] | undefined;
  readonly histories: readonly ColumnSummary[] | undefined;
  readonly prompts: readonly ColumnSummary[];
  readonly messages: readonly ColumnSummary[];
}

class ContextFinder {
  readonly #sample: RowSample;
  readonly #options: PairwiseMappingOptions;
  readonly #taken: readonly string[];

  constructor(sample: RowSample, options: PairwiseMappingOptions, taken: readonly string[]) {
    this.#sample = sample;
    this.#options = options;
    this.#taken = taken;
  }

  find(): ContextMapping {
    const beside = [...this.#single("system"), ...this.#single("tools"), ...this.#media()];
    const prompt = this.#prompt();
    return { ...prompt, mapping: [...prompt.mapping, ...beside] };
  }

  #single(role: "system" | "tools"): ColumnMapping[] {
    const [first] = this.#columns(role);
    return first === undefined ? [] : [{ role, column: first.name }];
  }

  #media(): ColumnMapping[] {
    const found = this.#sample.columns.filter(({ name, filled }) => filled > 0 && mediaNames.has(name));
    return found.map(({ name }) => ({ role: "media", column: name }));
  }

  #prompt(): ContextMapping {
    const named = this.#named("prompt");
    const histories = this.#named("messages");
    const prompts = named ?? this.#columns("prompt");
    const messages = histories ?? this.#columns("messages");
    const found = named === undefined ? [...prompts, ...messages] : prompts;
    const candidates = this.#together(found);
    const elsewhere = found.filter((column) => !candidates.includes(column));
    const context = this.#ofCandidates(candidates, { named, histories, prompts, messages });
    const other = elsewhere.map(({ name }) => ({ role: "other prompt", column: name }));
    return { ...context, mapping: [...context.mapping, ...other] };
  }

  #ofCandidates(candidates: readonly ColumnSummary[], columns: FoundColumns): ContextMapping {
    const { named, histories, prompts, messages } = columns;
    const lists = candidates.filter(({ kind }) => listKinds.has(kind!) || turnKinds.has(kind!));
    const texts = this.#different(candidates.filter(({ kind }) => textKinds.has(kind!)));
    const given = histories ?? [];
    if (named !== undefined) {
      return mapped(prompts[0], histories?.[0] ?? this.#historyBeside(prompts, messages));
    }
    return given.length > 0 ? this.#withHistory(texts, given[0]!) : this.#choose(lists, texts);
  }

  /** Without columns that are only filled where those that are filled more often are not: rows of another layout. */
  #together(columns: readonly ColumnSummary[]): ColumnSummary[] {
    const byFilled = [...columns].sort((one, other) => other.filled - one.filled);
    const kept: ColumnSummary[] = [];
    for (const column of byFilled) {
      const isBeside = this.#sample.rows.some(
        (row) =>
          !isEmptyValue(member(row, column.name)) &&
          kept.some((other) => !isEmptyValue(member(row, other.name))),
      );
      const isEmpty = this.#sample.rows.every((row) => isEmptyValue(member(row, column.name)));
      if (kept.length === 0 || isBeside || isEmpty) {
        kept.push(column);
      }
    }
    return columns.filter((column) => kept.includes(column));
  }

  /** Named by the user: an empty list for null; undefined: not named. */
  #named(role: ContextRole): ColumnSummary[] | undefined {
    const asked = this.#options.columns?.[role as ColumnRole];
    if (asked === undefined) {
      return undefined;
    }
    const folded = asked === null ? undefined : normaliseColumnName(asked);
    const found =
      columnNamed(this.#sample, asked ?? "") ??
      this.#sample.columns.find(({ name }) => normaliseColumnName(name) === folded);
    return asked === null || found === undefined ? [] : [found];
  }

  #columns(role: ContextRole): ColumnSummary[] {
    const named = this.#named(role);
    if (named !== undefined) {
      return named;
    }
    const names = columnSynonyms[role].map(({ name }) => normaliseColumnName(name));
    return this.#sample.columns.filter(
      ({ name, filled }) =>
        filled > 0 && !this.#taken.includes(name) && names.includes(normaliseColumnName(name)),
    );
  }

  #historyBeside(
    prompts: readonly ColumnSummary[],
    messages: readonly ColumnSummary[],
  ): ColumnSummary | undefined {
    const others = messages.filter((column) => !prompts.includes(column) && isHistory(column));
    return others.length === 1 ? others[0] : undefined;
  }

  #withHistory(texts: readonly ColumnSummary[], history: ColumnSummary): ContextMapping {
    const others = texts.filter((column) => column !== history);
    return others.length > 1 ? this.#ofTexts(others, history) : mapped(others[0], history);
  }

  #choose(lists: readonly ColumnSummary[], texts: readonly ColumnSummary[]): ContextMapping {
    const open = this.#different(lists);
    const [list] = open;
    if (list === undefined) {
      return this.#ofTexts(texts, undefined);
    }
    if (open.length > 1) {
      return ambiguous(open);
    }
    const others = texts.filter((column) => !this.#isWithin(column, list));
    if (others.length === 0) {
      return isHistory(list) && texts.length > 0 ? mapped(undefined, list) : mapped(list, undefined);
    }
    const stands = isHistory(list) || list.kind === "turns" || this.#endsWithAnswer(list);
    return stands ? this.#ofTexts(others, list) : ambiguous([list, ...others]);
  }

  #ofTexts(texts: readonly ColumnSummary[], history: ColumnSummary | undefined): ContextMapping {
    if (texts.length <= 1) {
      return mapped(texts[0], history);
    }
    const names = texts.map(({ name }) => normaliseColumnName(name));
    const isAlpaca = texts.length === 2 && names.includes("instruction") && names.includes("input");
    if (!isAlpaca) {
      return ambiguous(texts);
    }
    const instruction = texts[names.indexOf("instruction")]!;
    const input = texts[names.indexOf("input")]!;
    const both = mapped(instruction, history);
    return { ...both, mapping: [...both.mapping, { role: "input", column: input.name }] };
  }

  /** Without columns that hold in every row what another one holds, or nothing. */
  #different(columns: readonly ColumnSummary[]): ColumnSummary[] {
    const kept: ColumnSummary[] = [];
    for (const column of preferExact(columns)) {
      if (!kept.some((other) => this.#saysSame(column, other))) {
        kept.push(column);
      }
    }
    return columns.filter((column) => kept.includes(column));
  }

  #saysSame(one: ColumnSummary, other: ColumnSummary): boolean {
    return this.#sample.rows.every((row) => {
      const [left, right] = [comparable(member(row, one.name)), comparable(member(row, other.name))];
      return left === "" || left === right;
    });
  }

  /** Whether a text stands in every row among the messages of a list. */
  #isWithin(text: ColumnSummary, list: ColumnSummary): boolean {
    return this.#sample.rows.every((row) => {
      const value = member(row, text.name);
      return isEmptyValue(value) || contentsOf(member(row, list.name)).includes(comparable(value));
    });
  }

  #endsWithAnswer(list: ColumnSummary): boolean {
    return this.#sample.rows.every((row) => {
      const value = member(row, list.name);
      const last = Array.isArray(value) ? value.at(-1) : undefined;
      return (
        last === undefined ||
        (isObject(last) && /assistant|gpt|bot|model/iu.test(String(last.role ?? last.from)))
      );
    });
  }
}

function isHistory({ name, kind }: ColumnSummary): boolean {
  return kind !== "text" && historyNames.has(normaliseColumnName(name));
}

/** A column called `prompt` first, so that its copies under other names are the ones passed over. */
function preferExact(columns: readonly ColumnSummary[]): ColumnSummary[] {
  const exact = columns.filter(({ name }) => normaliseColumnName(name) === "prompt");
  return [...exact, ...columns.filter((column) => !exact.includes(column))];
}

function mapped(prompt: ColumnSummary | undefined, history: ColumnSummary | undefined): ContextMapping {
  return {
    hasPrompt: prompt !== undefined || history !== undefined,
    mapping: [
      ...(history === undefined ? [] : [{ role: "messages", column: history.name }]),
      ...(prompt === undefined ? [] : [promptMapping(prompt)]),
    ],
  };
}

function promptMapping({ name, kind }: ColumnSummary): ColumnMapping {
  return { role: "prompt", column: name, ...(kind === "text" ? { isText: true } : {}) };
}

function ambiguous(columns: readonly ColumnSummary[]): ContextMapping {
  const names = columns.map(({ name }) => name);
  const flags = names.map((name) => columnFlag("prompt", name));
  return {
    ...mapped(columns[0], undefined),
    needsFlag: {
      code: "PAIRWISE_COLUMN_AMBIGUOUS",
      message: `Several columns could be what both answers reply to: ${names.join(", ")}`,
      hint: `Say which: ${flags.join("  or  ")}`,
    },
  };
}

function comparable(value: JsonValue | undefined): string {
  if (typeof value === "string") {
    return trimWhiteSpace(value);
  }
  return value === undefined || value === null ? "" : JSON.stringify(value);
}

function contentsOf(value: JsonValue | undefined): string[] {
  return (Array.isArray(value) ? value : []).map((each) =>
    isObject(each) ? comparable(each.content ?? each.value ?? each.text) : "",
  );
}
