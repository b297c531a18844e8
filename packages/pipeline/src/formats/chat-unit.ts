import type { ChatDetection } from "@dpo-kit/chat";

/** What the documents of files are called, by the parts that the files play. */
const unitNames: ReadonlyMap<string, string> = new Map([
  ["conversations", "conversation"],
  ["chats", "conversation"],
  ["trees", "conversation"],
  ["tasks", "task"],
  ["records", "record"],
  ["messages", "message"],
  ["log", "line"],
]);

/** What the steps of traces are called, by the store they are of. */
const stepNames: ReadonlyMap<string, string> = new Map([
  ["braintrust", "span"],
  ["helicone", "request"],
  ["langsmith", "run"],
  ["phoenix", "span"],
  ["portkey", "log"],
]);

/** What one unit of chat logs is called: `conversation`, `task`; `entry` where files of several kinds are read. */
export function chatUnit({ formats }: ChatDetection): string {
  const names = formats
    .filter(({ bare }) => bare === undefined)
    .flatMap(({ id, files }) =>
      files.map(({ role, isTable }) =>
        isTable === true ? "row" : role === "traces" ? (stepNames.get(id) ?? "trace") : unitNames.get(role),
      ),
    );
  const [name, ...others] = new Set(names);
  return name === undefined || others.length > 0 ? "entry" : name;
}
