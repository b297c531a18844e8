import type { CommandName } from "@dpo-kit/pipeline/options";
import { commandDescriptions, findCommand } from "./command-line/command-descriptions.ts";
import type { CommandLine } from "./command-line/parse-command-line.ts";
import type { Command, Host } from "./commands/command.ts";
import { showHelp } from "./commands/help.ts";
import { Interruption } from "./interruption.ts";
import { createTerminal, type Terminal } from "./terminal/terminal.ts";
import { versionLine } from "./version.ts";

// Each command is loaded when it is called, so that help and version need none of them.
const commands: Readonly<Record<CommandName, () => Promise<{ run: Command }>>> = {
  convert: () => import("./commands/convert.ts"),
  inspect: () => import("./commands/inspect.ts"),
  validate: () => import("./commands/validate.ts"),
  dedupe: () => import("./commands/reduce.ts"),
  split: () => import("./commands/reduce.ts"),
  stats: () => import("./commands/stats.ts"),
  diff: () => import("./commands/diff.ts"),
  export: () => import("./commands/export.ts"),
  push: () => import("./commands/push.ts"),
  tune: () => import("./commands/tune.ts"),
  run: () => import("./commands/run.ts"),
  init: () => import("./commands/init.ts"),
  explain: () => import("./commands/explain.ts"),
  formats: () => import("./commands/formats.ts"),
  completion: () => import("./commands/completion.ts"),
};

/** The words after `dpo` to an exit code. Nothing is thrown: what goes wrong is printed. */
export async function main(words: readonly string[], host: Host): Promise<number> {
  const terminal = createTerminal({ ...host, color: roughColor(words) });
  const [first, ...rest] = words;
  if (first === "--version" || first === "-V") {
    terminal.out.lines([versionLine()]);
    return 0;
  }
  if (first === undefined) {
    terminal.err.lines((await import("./help/overview.ts")).overview(terminal.err));
    return 2;
  }
  if (wantsHelp(words)) {
    return showHelp(findCommand(first) === undefined || first === "help" ? undefined : first, terminal);
  }
  if (first === "help") {
    return showHelp(rest[0], terminal);
  }
  return Object.hasOwn(commands, first)
    ? runCommand(first as CommandName, rest, { host, terminal })
    : unknownCommand(first, terminal);
}

async function runCommand(
  name: CommandName,
  words: readonly string[],
  { host, terminal }: { host: Host; terminal: Terminal },
): Promise<number> {
  let line: CommandLine | undefined;
  try {
    const { parseCommandLine } = await import("./command-line/parse-command-line.ts");
    line = parseCommandLine(name, words);
    const { run } = await commands[name]();
    return await run(line, { ...host, terminal });
  } catch (error) {
    if (host.signal.aborted && host.signal.reason instanceof Interruption) {
      return reportInterruption(name, host.signal.reason, terminal);
    }
    const { reportFailure } = await import("./report-failure.ts");
    return reportFailure(error, { name, words, line, env: host.env, terminal });
  }
}

function reportInterruption(
  name: CommandName,
  { message, exitCode }: Interruption,
  { err }: Terminal,
): number {
  if (message !== "") {
    const left = "Stopped; what was finished is kept, and the same command goes on from there.";
    err.lines([err.palette.warning(name === "run" ? left : message)]);
  }
  return exitCode;
}

async function unknownCommand(name: string, { err }: Terminal): Promise<number> {
  const { unknownCommandLines } = await import("./help/unknown-command.ts");
  err.lines(unknownCommandLines(name, commandDescriptions, err));
  return 2;
}

/** `-h` counts wherever it stands, also where the rest of the line is wrong. */
function wantsHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return words.slice(0, end === -1 ? words.length : end).some((word) => word === "-h" || word === "--help");
}

/** Colours are needed before the line is understood: for the message that it is not. */
function roughColor(words: readonly string[]): boolean | undefined {
  const last = words.findLast((word) => word === "--color" || word === "--no-color");
  return last === undefined ? undefined : last === "--color";
}
