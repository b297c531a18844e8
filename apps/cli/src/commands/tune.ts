import type { TuneRunEnvironment } from "@dpo-kit/pipeline/node";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import {
  type TuneAction,
  tuneAction,
  tuneCreateRequest,
  tuneJobRequest,
  tunePlace,
} from "../command-line/tune-requests.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { tuneEstimateLines } from "../report/tune-estimate-lines.ts";
import { tuneCreateReport, tuneJobReport, tuneListReport, tuneMetricsReport } from "../report/tune-report.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command, CommandContext } from "./command.ts";
import { createTuneDisplay } from "./tune-display.ts";

type Pipeline = typeof import("@dpo-kit/pipeline/node");

/** What an action did: a result for `--json`, and its lines for the eye. */
interface Done {
  readonly result: Parameters<typeof resultJson>[0];
  readonly lines: (style: TextStyle) => string[];
  /** Of `results`. */
  readonly csv?: string;
}

/** `dpo tune`: jobs that train models. What happens goes to standard error, what came of it to standard output. */
export const run: Command = async (line, context) => {
  const { action, operand } = tuneAction(line);
  const pipeline = await import("@dpo-kit/pipeline/node");
  const environment = environmentOf(line, context);
  try {
    const done = await act(action, { operand, line, pipeline, environment });
    environment.finish();
    await report(done, { line, context });
    return done.result.exitCode;
  } finally {
    environment.finish();
  }
};

interface Acting {
  readonly operand: string;
  readonly line: CommandLine;
  readonly pipeline: Pipeline;
  readonly environment: TuneRunEnvironment;
}

async function act(action: TuneAction, { operand, line, pipeline, environment }: Acting): Promise<Done> {
  const job = tuneJobRequest(line, operand);
  switch (action) {
    case "create":
    case "sft-then-dpo": {
      const create = action === "create" ? pipeline.tuneCreate : pipeline.tuneSftThenDpo;
      const result = await create(tuneCreateRequest(line, operand), environment);
      return { result, lines: (style) => tuneCreateReport(visibleCopy(result), style) };
    }
    case "list": {
      const result = await pipeline.tuneList(tunePlace(line), environment);
      return { result, lines: () => tuneListReport(visibleCopy(result)) };
    }
    case "results": {
      const found = await pipeline.tuneMetrics(job, environment);
      const { csv, series: _series, ...result } = found;
      return { result, csv, lines: (style) => tuneMetricsReport(visibleCopy(found), style) };
    }
    default: {
      const result =
        action === "watch"
          ? await pipeline.tuneWatch(job, environment)
          : await pipeline.tuneStatus(job, action, environment);
      return { result, lines: (style) => tuneJobReport(visibleCopy(result), style) };
    }
  }
}

/** What the pipeline is given: a clock, somebody to ask where there is one, and something to show it on. */
function environmentOf(line: CommandLine, context: CommandContext): TuneRunEnvironment & { finish(): void } {
  const { terminal, signal, env, today, ask } = context;
  const { json, quiet } = line.values;
  const { err } = terminal;
  const isSilent = json === true || quiet === true;
  const display = isSilent ? undefined : createTuneDisplay(err);
  return {
    signal,
    variables: env,
    today: today(),
    onEstimate: (estimate) => {
      if (!isSilent) {
        err.lines(tuneEstimateLines(visibleCopy(estimate), err));
      }
    },
    ...(ask === undefined || isSilent
      ? {}
      : { confirm: async () => /^y(?:es)?$/iu.test((await ask("Go on? [y/N] ")).trim()) }),
    ...(display === undefined ? {} : { onTune: display.onTune, onUpdate: display.onUpdate }),
    finish: () => display?.finish(),
  };
}

async function report(
  { result, lines, csv }: Done,
  { line, context }: { line: CommandLine; context: CommandContext },
): Promise<void> {
  const { out, err } = context.terminal;
  if (line.values.json === true) {
    out.write(jsonLine(resultJson(result)));
    return;
  }
  // Where nobody looks, and into no file, the metrics themselves are wanted.
  const { output = out.isTTY ? undefined : "-" } = line.values;
  if (csv !== undefined && output === "-") {
    err.lines(lines(err));
    await context.writeStdout(new TextEncoder().encode(csv));
    return;
  }
  if (line.values.quiet !== true || !result.ok) {
    out.lines(lines(out));
  }
}
