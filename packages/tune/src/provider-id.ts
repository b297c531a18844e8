/** Where jobs run. `compatible` is any other server that speaks OpenAI's protocol. */
export type ProviderId = "openai" | "azure" | "together" | "fireworks" | "compatible";

/** The providers that have a name, in the order of messages. */
export const providerIds: readonly ProviderId[] = ["openai", "azure", "together", "fireworks", "compatible"];

/** What a provider is called. */
export const providerTitles: Readonly<Record<ProviderId, string>> = {
  openai: "OpenAI",
  azure: "Azure OpenAI",
  together: "Together",
  fireworks: "Fireworks",
  compatible: "the server at --base-url",
};
