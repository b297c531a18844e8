/** `error`: it does not work. `warning`: it works, and is probably not meant. `info`: worth knowing. */
export type Severity = "error" | "warning" | "info";
