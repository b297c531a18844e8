/**
 * An output named after the input, for a suggestion: `feedback.jsonl` for `data/feedback.csv.gz`,
 * `feedback.dpo.jsonl` for `feedback.jsonl`, `train.jsonl` where there is no one name.
 */
export function suggestOutput(inputs: readonly string[], suffix: string = "dpo"): string {
  const [input] = inputs;
  const name = (input ?? "").replace(/[?#].*$/su, "").replace(/^.*[/\\]/su, "");
  if (inputs.length !== 1 || name === "" || name === "-" || /[*?{}[\]]/u.test(name)) {
    return "train.jsonl";
  }
  const stem = name.replace(/\.(?:gz|zst)$/iu, "").replace(/(?!^)\.[^.]+$/u, "");
  return /\.jsonl(?:\.gz|\.zst)?$/iu.test(name) ? `${stem}.${suffix}.jsonl` : `${stem}.jsonl`;
}
