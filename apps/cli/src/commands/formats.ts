import { joinParagraphs } from "../report/conversion-summary.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { formatTable } from "../terminal/table.ts";
import type { Command } from "./command.ts";
import { refuseOperands } from "./require-operands.ts";

/** `dpo formats`: what is read, and the name of each for `--from`. */
export const run: Command = async (line, { terminal }) => {
  refuseOperands(line);
  const { listFormats } = await import("@dpo-kit/pipeline");
  const formats = listFormats();
  if (line.values.json === true) {
    terminal.out.write(jsonLine(resultJson({ command: "formats", ok: true, exitCode: 0, formats })));
    return 0;
  }
  const { palette, width } = terminal.out;
  const blocks = formats.map(({ id, title, detail, variants }) => [
    ...formatTable([[palette.strong(id), title, detail]], { width }),
    ...formatTable(
      variants.map((each) => [each.id, each.refused === undefined ? each.title : `${each.title}: refused`]),
      { indent: 2, width },
    ),
  ]);
  terminal.out.lines(joinParagraphs(blocks));
  return 0;
};
