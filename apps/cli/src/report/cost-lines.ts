import type { StatisticsResult } from "@dpo-kit/pipeline";
import { countOf, formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";

type Costs = NonNullable<StatisticsResult["cost"]>;
type Range = Costs[number]["usd"];

/** What training would cost, at prices that have their dates. */
export function costLines(cost: Costs, epochs: number, { palette, width }: TextStyle): string[] {
  const [first] = cost;
  if (first === undefined) {
    return [];
  }
  const rows = cost.map(({ provider, model, usd, usdPerMillionTokens, asOf }) => [
    `  ${provider}`,
    model,
    dollars(usd),
    `at $${usdPerMillionTokens} a million, ${asOf}`,
  ]);
  const { low, high } = first.tokens;
  const told = `${countOf(epochs, "epoch")}, ${formatCount(low)} tokens with the input once, ${formatCount(high)} with each answer; prices may have changed (--prices)`;
  return [
    ...formatTable([[palette.strong("cost"), told]], { width }),
    ...formatTable(rows, { align: ["left", "left", "right"], width }),
  ];
}

function dollars({ low, high }: Range): string {
  return `$${money(low)} to $${money(high)}`;
}

function money(amount: number): string {
  const [whole, cents] = amount.toFixed(2).split(".");
  return `${formatCount(Number(whole))}.${cents}`;
}
