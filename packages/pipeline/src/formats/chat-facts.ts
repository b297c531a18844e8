import type { ChatDetection } from "@dpo-kit/chat";
import type { PlanFact } from "../conversion-plan.ts";

/** How many files a plan names. */
const MOST_NAMED = 20;

/** What the files of chat logs are, for a plan. */
export function chatFacts({ formats, unknown }: ChatDetection): PlanFact[] {
  const preferring = formats.filter(({ bare }) => bare === undefined);
  const files = preferring.flatMap(({ title, files: found }) =>
    found.map(({ name, role, why }) => ({ label: role, value: shortName(name), why: `${title}: ${why}` })),
  );
  const bare = formats.filter(({ bare: reason }) => reason !== undefined);
  const leftOut = bare.map(({ title, files: found, bare: reason }) => ({
    label: "left out",
    value: `${found.length} ${found.length === 1 ? "file" : "files"}`,
    why: `${title}: ${reason!.reason}`,
  }));
  return [
    ...preferring.map(({ title }) => ({ label: "kind", value: title })),
    ...files.slice(0, MOST_NAMED),
    ...(files.length > MOST_NAMED
      ? [{ label: "and", value: `${files.length - MOST_NAMED} more files` }]
      : []),
    ...leftOut,
    ...(unknown.length === 0
      ? []
      : [
          {
            label: "left out",
            value: unknown.slice(0, MOST_NAMED).map(shortName).join(", "),
            why: "of no known format",
          },
        ]),
  ];
}

/** Without folders: a plan goes into the manifest, which is the same wherever the files are. */
function shortName(name: string): string {
  return name.replace(/^.*[/\\]/su, "");
}
