/** A canonical line of one question and two answers, without its end. */
export function pairLine(prompt: string, preferred: string, nonPreferred: string): string {
  return JSON.stringify({
    input: { messages: [{ role: "user", content: prompt }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: "assistant", content: preferred }],
    non_preferred_output: [{ role: "assistant", content: nonPreferred }],
  });
}
