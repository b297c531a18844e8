import { scoresQuality } from "../traces/scores-quality.ts";

/** Questions by which an answer is chosen, or put higher, that is not better. */
const forWorse =
  /worst|worse|reject|bad|least|wrong|incorrect|harm|toxic|unsafe|hallucin|bias|spam|dislike|error/iu;

/** Whether whoever is chosen by a question of this name, or has more of what it asks for, is not the better one. */
export function asksForWorse(question: string): boolean {
  return forWorse.test(question) || !scoresQuality(question);
}

/**
 * The fields between which was chosen: those asked for, else those that are called like the chosen ones, else the only
 * two there are. Undefined where it is not known.
 */
export function offeredBeside(
  winners: readonly string[],
  names: readonly string[],
  asked: readonly string[] = [],
): readonly string[] | undefined {
  const stem = stemOf(winners[0]!);
  const alike = stem === undefined ? [] : names.filter((name) => stemOf(name) === stem);
  const choices = [asked.filter((name) => names.includes(name)), alike, names.length === 2 ? names : []];
  return choices.find((offered) => offered.length > 1 && winners.every((name) => offered.includes(name)));
}

/** A name without the number, the letter or the side at its end, which tells it from the others of its kind. */
function stemOf(name: string): string | undefined {
  const stem = name.replace(/(?:\d+|(?<=[_\s.-])[a-z]|[A-Z]|left|right)$/u, "");
  return stem === name ? undefined : stem;
}
