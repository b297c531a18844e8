import type { TuneEstimate } from "@dpo-kit/pipeline";
import { wrapText } from "../terminal/fit-text.ts";
import { countOf, formatCount } from "../terminal/quantities.ts";
import type { TextStyle } from "../terminal/terminal.ts";

/** What is about to be spent, and what ends soon. */
export function tuneEstimateLines(estimate: TuneEstimate, { palette, width }: TextStyle): string[] {
  const { pairs, tokens, epochs, areEpochsChosen, costs, warnings, model } = estimate;
  const epochsSaid = areEpochsChosen
    ? "for each epoch; the provider chooses how many"
    : `for ${countOf(epochs, "epoch")}`;
  return [
    ...warnings.flatMap(({ message, hint }) => [
      ...wrapText(`warning: ${message}`, width).map(palette.warning),
      ...wrapText(hint, width),
    ]),
    ...wrapText(
      `Training ${model} on ${countOf(pairs, "pair")}: ${range(tokens)} tokens ${epochsSaid}`,
      width,
    ),
    ...(costs.length === 0 ? [unknown] : costs.flatMap((cost) => wrapText(costLine(cost), width))),
  ];
}

const unknown = "What that costs here is not known to dpo-kit; --prices takes a table of yours.";

function costLine({ model, usd, usdPerMillionTokens, asOf, source }: TuneEstimate["costs"][number]): string {
  const dollars = `${usd.low.toFixed(2)} to ${usd.high.toFixed(2)} US dollars`;
  return `About ${dollars} (${model}: ${usdPerMillionTokens} for a million tokens as of ${asOf}, ${source})`;
}

function range({ low, high }: TuneEstimate["tokens"]): string {
  return low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`;
}
