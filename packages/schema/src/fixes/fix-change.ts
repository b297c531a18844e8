/** The repairs of `dpo validate --fix` inside a line, by name. */
export const fixes: Readonly<{
  "key-renamed": string;
  "wrapped-in-list": string;
  "arguments-to-text": string;
  "developer-to-system": string;
  "output-weight-removed": string;
  "metadata-removed": string;
  "unknown-key-removed": string;
}> = {
  "key-renamed": "an old or foreign name of an output became the right one",
  "wrapped-in-list": "a single message became a list with that message",
  "arguments-to-text": "the arguments of a call became a JSON text",
  "developer-to-system": "the role developer became system",
  "output-weight-removed": "the weight of an answer was removed",
  "metadata-removed": "a key that is known to be metadata was removed from the line",
  "unknown-key-removed": "a key that the format does not have was removed, as asked for",
};

export type FixName = keyof typeof fixes;

/** One repair: which, where in the original line, and what it was and became, where a few words can say it. */
export interface FixChange {
  fix: FixName;
  path: string;
  from?: string;
  to?: string;
}
