import { describe, expect, it } from "vitest";
import { LengthCollector } from "../collectors/length-collector.ts";
import type { PairView } from "../pairs/pair-view.ts";
import { estimateTrainingCost } from "./estimate-cost.ts";
import { trainingPrices } from "./price-table.ts";
import { readPriceTable } from "./read-price-table.ts";

const price = {
  provider: "p",
  model: "m",
  usdPerMillionTokens: 2,
  source: "https://example.org",
  asOf: "2026-11",
};

describe("estimateTrainingCost", () => {
  it("is tokens times epochs times price, with the input once and twice", () => {
    const collector = new LengthCollector("tokens");
    for (let pair = 0; pair < 1000; pair += 1) {
      const view = { promptTokens: 100, preferred: { tokens: 30 }, nonPreferred: { tokens: 20 } };
      collector.observe(view as unknown as PairView);
    }
    // 150,000 or 250,000 tokens in each of 2 epochs, at 2 dollars a million.
    expect(estimateTrainingCost(collector.result(), { epochs: 2, prices: [price] })).toEqual([
      { ...price, tokens: { low: 300_000, high: 500_000 }, usd: { low: 0.6, high: 1 } },
    ]);
    expect(estimateTrainingCost(collector.result())).toHaveLength(trainingPrices.length);
  });
});

describe("readPriceTable", () => {
  it("takes a table of the same shape, and our own", () => {
    expect(readPriceTable([{ ...price, note: "more" }])).toEqual([price]);
    expect(readPriceTable(JSON.parse(JSON.stringify(trainingPrices)))).toEqual(trainingPrices);
  });

  it.each([
    [{}, "prices must be a list of prices"],
    [[null], "prices[0] must be an object"],
    [[{ ...price, usdPerMillionTokens: "2" }], "prices[0].usdPerMillionTokens must be a number from 0"],
    [[{ ...price, usdPerMillionTokens: -1 }], "prices[0].usdPerMillionTokens"],
    [[price, { ...price, asOf: "" }], "prices[1].asOf must be a text"],
    [[Object.create(price)], "prices[0]"],
  ])("refuses %j", (table, message) => {
    expect(() => readPriceTable(table)).toThrow(
      expect.objectContaining({ code: "RUN_OPTION_INVALID", message: expect.stringContaining(message) }),
    );
  });
});
