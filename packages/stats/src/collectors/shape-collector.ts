import { type Distribution, describeDistribution } from "../measures/distribution.ts";
import { IntegerHistogram } from "../measures/integer-histogram.ts";
import type { PairView } from "../pairs/pair-view.ts";
import type { Collector } from "./collector.ts";

/** What the conversations are like. */
export interface ShapeStatistics {
  /** Input messages of each role. */
  readonly roles: readonly { readonly role: string; readonly messages: number }[];
  /** Input messages of a pair. */
  readonly messages: Distribution;
  /** User messages of a pair: 1 is a single question. */
  readonly userTurns: Distribution;
  readonly withSystem: number;
  readonly withTools: number;
  /** Pairs in which an answer calls a tool. */
  readonly withCalls: number;
}

/** Counts roles, turns, tools. */
export class ShapeCollector implements Collector<ShapeStatistics> {
  readonly #roles = new Map<string, number>();
  readonly #messages = new IntegerHistogram();
  readonly #userTurns = new IntegerHistogram();
  #withSystem = 0;
  #withTools = 0;
  #withCalls = 0;

  observe({ messages, hasTools, preferred, nonPreferred }: PairView): void {
    for (const { role } of messages) {
      this.#roles.set(role, (this.#roles.get(role) ?? 0) + 1);
    }
    this.#messages.add(messages.length);
    this.#userTurns.add(messages.filter(({ role }) => role === "user").length);
    this.#withSystem += messages.some(({ role }) => role === "system") ? 1 : 0;
    this.#withTools += hasTools ? 1 : 0;
    this.#withCalls += preferred.hasCalls || nonPreferred.hasCalls ? 1 : 0;
  }

  merge(other: ShapeCollector): void {
    for (const [role, count] of other.#roles) {
      this.#roles.set(role, (this.#roles.get(role) ?? 0) + count);
    }
    this.#messages.merge(other.#messages);
    this.#userTurns.merge(other.#userTurns);
    this.#withSystem += other.#withSystem;
    this.#withTools += other.#withTools;
    this.#withCalls += other.#withCalls;
  }

  result(): ShapeStatistics {
    const roles = [...this.#roles].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      roles: roles.map(([role, messages]) => ({ role, messages })),
      messages: describeDistribution(this.#messages),
      userTurns: describeDistribution(this.#userTurns),
      withSystem: this.#withSystem,
      withTools: this.#withTools,
      withCalls: this.#withCalls,
    };
  }
}
