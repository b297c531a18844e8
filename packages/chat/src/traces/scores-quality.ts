/**
 * What scores measure that more of is not better, or that is no judgement of an answer: harm, as tools for moderation
 * count it; hallucination, which some evaluators count up and others down; what an answer took.
 */
const noQuality =
  /toxic|harmful|hate|unsafe|moderation|jailbreak|injection|hallucinat|\bpii\b|bias|error|latency|duration|cost|token|length|perplexity/iu;

/** Whether more of a score means a better answer, as far as its name tells. */
export function scoresQuality(name: string): boolean {
  return !noQuality.test(name);
}
