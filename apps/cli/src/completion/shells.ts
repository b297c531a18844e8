/** The shells that completion is written for. */
export const shells: readonly string[] = ["bash", "zsh", "fish"];
