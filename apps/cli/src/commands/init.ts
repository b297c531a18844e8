import type { InitRequest } from "@dpo-kit/pipeline/node";
import { shellWord } from "@dpo-kit/pipeline/options";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { nextLines } from "../report/output-lines.ts";
import type { Command } from "./command.ts";
import { requireOperands } from "./require-operands.ts";

/** `dpo init`: a recipe for inputs, to a file. */
export const run: Command = async (line, { terminal, signal, writeStdout }) => {
  const inputs = requireOperands(line);
  const { output = "recipe.yaml", json, color: _color, ...options } = line.values;
  const { initRecipe } = await import("@dpo-kit/pipeline/node");
  const text = await initRecipe({ ...options, inputs, output } as InitRequest, { signal, writeStdout });
  const next = output === "-" ? [] : [`dpo run ${shellWord(output as string)}`];
  if (json === true) {
    const [bytes, lines] = [Buffer.byteLength(text), text.split("\n").length - 1];
    const outputs = [{ kind: "recipe", path: output, lines, bytes }];
    const stream = output === "-" ? terminal.err : terminal.out;
    stream.write(jsonLine(resultJson({ command: "init", ok: true, exitCode: 0, outputs, next })));
  } else if (output !== "-") {
    terminal.err.lines([
      `recipe  ${terminal.err.palette.hint(output as string)}`,
      ...nextLines(next, terminal.err),
    ]);
  }
  return 0;
};
