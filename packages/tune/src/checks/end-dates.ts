import type { ProviderId } from "../provider-id.ts";

/** When something takes no new jobs any more. */
export interface EndDate {
  readonly provider: ProviderId;
  /** The beginning of the names of models; missing where it is the platform that ends. */
  readonly model?: string;
  /** As it was announced, `YYYY-MM-DD`. */
  readonly date: string;
  /** The first day on which it is refused, `YYYY-MM-DD`. */
  readonly refusedFrom: string;
  /** What happens on that date. */
  readonly what: string;
  readonly source: string;
}

const deprecations = "https://developers.openai.com/api/docs/deprecations";
const shutDown = "is shut down, and with it what was fine-tuned from it";

/**
 * End dates that were announced, as of 2026-11-23. OpenAI closed fine-tuning on 2026-05-07 to those who had never
 * used it and on 2026-07-02 to those who had not used a fine-tuned model of late; only its servers know who that is.
 * No date of a model that takes DPO is published for Together and Fireworks.
 */
export const endDates: readonly EndDate[] = [
  {
    provider: "openai",
    date: "2027-01-06",
    refusedFrom: "2027-01-07",
    what: "closes fine-tuning to new jobs",
    source: "https://developers.openai.com/api/docs/guides/direct-preference-optimization",
  },
  {
    provider: "openai",
    model: "gpt-4.1-nano",
    date: "2026-10-23",
    refusedFrom: "2026-10-23",
    what: "was retired",
    source: deprecations,
  },
  ...["gpt-4.1-2025-04-14", "gpt-4.1-mini-2025-04-14", "gpt-4o-2024-08-06", "gpt-4o-mini-2024-07-18"].map(
    (model): EndDate => ({
      provider: "openai",
      model,
      date: "2027-01-14",
      refusedFrom: "2027-01-14",
      what: shutDown,
      source: deprecations,
    }),
  ),
];
