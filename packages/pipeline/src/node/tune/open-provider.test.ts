import { expect, test } from "vitest";
import { providerOf } from "./open-provider.ts";

test.each([
  [{}, "openai"],
  [{ baseUrl: "https://api.openai.com/v1" }, "openai"],
  [{ baseUrl: "https://eu.api.openai.com/v1" }, "openai"],
  [{ baseUrl: "https://notapi.openai.com.example.com/v1" }, "compatible"],
  [{ baseUrl: "https://xapi.openai.com/v1" }, "compatible"],
  [{ baseUrl: "nonsense" }, "compatible"],
  [{ provider: "azure", baseUrl: "https://r.openai.azure.com" }, "azure"],
] as const)("%j is %s", (place, expected) => {
  expect(providerOf(place)).toBe(expected);
});
