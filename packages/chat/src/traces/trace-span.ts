import type { Location } from "@dpo-kit/schema";
import type { MessageNode } from "../model/chat-node.ts";
import type { SpanJudgement } from "./span-judgement.ts";

/** What a model was given, and what it answered. All of it is JSON, so that a store on disk can hold it. */
export interface ModelCall {
  readonly input: readonly MessageNode[];
  readonly output: readonly MessageNode[];
  /** As JSON text. */
  readonly tools?: string | undefined;
}

/** One step of a trace. All of it is JSON. */
export interface TraceSpan {
  readonly id: string;
  /** Another id that judgements may name it by, such as that of the response. */
  readonly alias?: string | undefined;
  readonly trace: string;
  /** The step it is part of; missing: it is the whole. */
  readonly parent?: string | undefined;
  readonly at: Location;
  /** Whether it is one call of a model. Other steps count only where they were judged. */
  readonly isCall: boolean;
  /** Missing where no messages could be read of it. */
  readonly call?: ModelCall | undefined;
}

/** What was said of a step, or of a trace as a whole. All of it is JSON. */
export interface TraceJudgement {
  readonly span?: string | undefined;
  readonly trace?: string | undefined;
  /** Missing where it says nothing that answers can be compared by, such as a comment or a session. */
  readonly judgement?: SpanJudgement | undefined;
}

/** What one document of a trace store holds. */
export interface TraceItems {
  readonly spans: readonly TraceSpan[];
  readonly judgements: readonly TraceJudgement[];
}
