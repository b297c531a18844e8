import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import type { ChatRecord } from "../chat-format.ts";
import type { ChatInput } from "../input/chat-input.ts";
import { isObject } from "../input/file-sample.ts";
import type { JoinTable } from "../input/join-table.ts";
import type { ChatDocument } from "../input/read-documents.ts";
import { unreadable } from "../input/read-each.ts";
import { gatherCalls } from "./gather-calls.ts";
import { judgeTrace } from "./judge-trace.ts";
import type { SpanJudgement } from "./span-judgement.ts";
import type { TraceItems, TraceJudgement, TraceSpan } from "./trace-span.ts";
import type { TracedCall } from "./traced-call.ts";

/** How the documents of a trace store are read. */
export interface TraceReader {
  /** What its judgements are called in the summary: `scores`. */
  readonly judgements: string;
  read(value: JsonObject, document: ChatDocument): TraceItems;
}

/** One step, or one judgement, kept until its trace is complete. */
type Gathered = { readonly span: TraceSpan } | { readonly judged: TraceJudgement; readonly at: Location };

type Table = JoinTable<SpanJudgement | undefined>;

/**
 * Reads the files of a trace store: those of the role `traces`, in which judgements may stand beside the steps, and
 * those of the role `judgements`. Steps of one trace are brought together, then calls of equal input.
 *
 * @throws GATHER_LIMIT
 */
export async function* readTraces(
  input: ChatInput,
  reader: TraceReader,
): AsyncGenerator<ChatRecord, void, undefined> {
  const table: Table = input.joinTable(reader.judgements);
  yield* joinJudgements(input, reader, table);
  yield* gatherCalls(gatherTraces(input, reader, table), input);
}

async function* joinJudgements(
  input: ChatInput,
  reader: TraceReader,
  table: Table,
): AsyncGenerator<ChatRecord, void, undefined> {
  for await (const document of input.entries("judgements")) {
    const { value, at, bytes } = document;
    const items = isObject(value) ? reader.read(value, document).judgements : [];
    if (items.length === 0) {
      const record = isObject(value)
        ? ({ kind: "skipped", at, reason: "no-rating" } as const)
        : unreadable(document);
      yield input.intoRecord(document, record);
      continue;
    }
    input.isListOf(document, items.length);
    for (const item of items) {
      table.add(idsOf(item), item.judgement, bytes / items.length);
    }
  }
}

/** What a judgement is joined by; what is said of a session belongs to no answer. */
function idsOf({ span, trace }: TraceJudgement): string[] {
  return span !== undefined ? [span] : trace !== undefined ? [wholeKey(trace)] : [];
}

function wholeKey(trace: string): string {
  return `trace ${trace}`;
}

async function* gatherTraces(
  input: ChatInput,
  reader: TraceReader,
  table: Table,
): AsyncGenerator<TracedCall | ChatRecord, void, undefined> {
  const store = input.store();
  try {
    let ordinal = 0;
    for await (const document of input.documents("traces")) {
      const { value, at } = document;
      const items = isObject(value) ? gatheredOf(reader.read(value, document), at) : [];
      if (items.length === 0) {
        yield isObject(value) ? { kind: "skipped", at, reason: "no-calls" } : unreadable(document);
      }
      for (const [key, record] of items) {
        await store.add({ key, ordinal, record: record as unknown as JsonValue });
        ordinal += 1;
      }
    }
    for await (const { members } of store.groups()) {
      yield* callsIn(members as unknown as Gathered[], table);
    }
  } finally {
    await store.close();
  }
}

/** Steps and judgements by their trace; judgements that name a step only are of that step's trace. */
function gatheredOf({ spans, judgements }: TraceItems, at: Location): [string, Gathered][] {
  const traces = new Map(spans.map(({ id, trace }) => [id, trace]));
  const traceOf = ({ span = "", trace = traces.get(span) ?? span }: TraceJudgement): string => trace;
  return [
    ...spans.map((span): [string, Gathered] => [span.trace, { span }]),
    ...judgements.map((judged): [string, Gathered] => [traceOf(judged), { judged, at }]),
  ];
}

function* callsIn(members: readonly Gathered[], table: Table): Generator<TracedCall | ChatRecord> {
  const spans = uniqueSpans(members.flatMap((member) => ("span" in member ? [member.span] : [])));
  const judged = members.filter((member) => "judged" in member);
  const [first] = spans;
  if (first === undefined) {
    yield { kind: "skipped", at: judged[0]!.at, reason: "no-trace" };
    return;
  }
  const own = new Map<string, SpanJudgement[]>();
  for (const { judged: each } of judged) {
    addTo(own, each);
  }
  const take = (ids: readonly string[]): SpanJudgement[] =>
    [...ids.flatMap((id) => own.get(id) ?? []), ...table.take(ids)].filter(
      (judgement) => judgement !== undefined,
    );
  yield* judgeTrace({
    spans,
    ofSpan: ({ id, alias }) => take(alias === undefined ? [id] : [id, alias]),
    ofTrace: take([wholeKey(first.trace)]),
  });
}

function addTo(own: Map<string, SpanJudgement[]>, judged: TraceJudgement): void {
  const { judgement } = judged;
  for (const id of judgement === undefined ? [] : idsOf(judged)) {
    const known = own.get(id) ?? [];
    own.set(id, known);
    known.push(judgement!);
  }
}

/** A step that is there twice, once without its messages, is one step. */
function uniqueSpans(spans: readonly TraceSpan[]): TraceSpan[] {
  const unique = new Map<string, TraceSpan>();
  for (const span of spans) {
    const known = unique.get(span.id) ?? span;
    const isCall = known.isCall || span.isCall;
    unique.set(span.id, { ...known, isCall, call: known.call ?? span.call });
  }
  return [...unique.values()];
}
