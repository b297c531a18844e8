import { emptyLedgers } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import {
  type ChatConvertOptions,
  type ChatFile,
  convertChat,
  emptyChatCounts,
  parseSignals,
} from "../src/index.ts";
import type { ChatFixture } from "./chat-fixtures.ts";

/** All that a conversion tells, as texts: each outcome, and how it ended. */
export interface Told {
  readonly outcomes: readonly string[];
  /** The counts and the units, or the error that stopped it. */
  readonly end: string;
}

/** The options of a fixture. */
export function optionsOf({ options }: ChatFixture): ChatConvertOptions {
  const { signals, ...others } = options as { signals?: string };
  return signals === undefined ? others : { ...others, signals: parseSignals(signals) };
}

/** Converts files, and keeps all that is told. */
export async function toldBy(files: readonly ChatFile[], options: ChatConvertOptions): Promise<Told> {
  const outcomes: string[] = [];
  const counts = emptyChatCounts();
  const { units } = emptyLedgers();
  try {
    for await (const outcome of convertChat(files, { ...options, counts, units })) {
      outcomes.push(JSON.stringify(outcome));
    }
    return { outcomes, end: JSON.stringify([units, counts], withMaps) };
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    return { outcomes, end: `${error.code}: ${error.message}` };
  }
}

function withMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}
