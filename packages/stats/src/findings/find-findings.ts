import { codeDefinition, type IssueCode } from "@dpo-kit/schema";
import type { LengthBias, LengthStatistics } from "../collectors/length-collector.ts";
import type { MarkStatistics } from "../collectors/mark-collector.ts";
import { NEAR_IDENTICAL_OVERLAP } from "../collectors/near-identical-collector.ts";
import type { SignBias } from "../measures/sign-bias.ts";
import type { DatasetStatistics } from "../statistics.ts";
import type { Finding } from "./finding.ts";

/** Cohen's words for effects (1988): below a small d, and below a medium g, nothing is said. */
const SMALL_D = 0.2;
const MEDIUM_G = 0.15;
/** One in 370 by chance: many features are looked at, and one in twenty would always find some. */
const SURE_Z = 3;
/** Of the answers of one side, so many more than of the other begin with a word before that is said. */
const FIRST_WORD_DIFFERENCE = 0.1;
/** A model's answers are preferred nearly always or nearly never beyond this g. */
const NEARLY_ALWAYS_G = 0.4;

type DatasetFigures = Omit<DatasetStatistics, "findings">;

/** What the figures of a dataset mean to its user, the graver first. */
export function findFindings(statistics: DatasetFigures): Finding[] {
  const lengths = statistics.lengths.tokens ?? statistics.lengths.characters;
  const findings = [
    ...statistics.marks.map(markFinding),
    ...lengthFindings(lengths),
    ...groupFindings(statistics),
    ...windowFindings(statistics.lengths.tokens),
    ...featureFindings(statistics),
    ...firstWordFindings(statistics),
    ...modelFindings(statistics),
    ...repeatFindings(statistics),
    ...nearIdenticalFindings(statistics),
  ];
  const rank = { error: 0, warning: 1, info: 2 };
  return findings.sort((one, other) => rank[one.severity] - rank[other.severity]);
}

function finding(
  code: IssueCode,
  message: string,
  about: Pick<Finding, "pairs"> & Partial<Finding>,
): Finding {
  const { severity, meaning, fix } = codeDefinition(code);
  return { code, severity, message, why: meaning, fix, places: [], ...about };
}

/** `1,203,000`: the same in every locale. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}

function markFinding({ code, title, pairs, places }: MarkStatistics): Finding {
  return finding(code, `${inPairs(pairs)} ${title}`, { pairs, places });
}

function lengthFindings({ bias, unit }: LengthStatistics): Finding[] {
  if (!isBiased(bias)) {
    return [];
  }
  const { preferred, nonPreferred } = bias.longer;
  const [side, pairs] = bias.longer.effect > 0 ? ["longer", preferred] : ["shorter", nonPreferred];
  const of = preferred + nonPreferred;
  const effect = `d ${formatEffect(bias.cohensD)}, ${bias.ratio.toFixed(2)} times the ${unit}`;
  const message = `The preferred answer is the ${side} one in ${grouped(pairs)} of ${grouped(of)} pairs (${effect})`;
  return [finding("AUDIT_LENGTH_BIAS", message, { pairs })];
}

/** Sources that lean another way than the whole does: in the figures of the whole they are not seen. */
function groupFindings({ groups, lengths }: DatasetFigures): Finding[] {
  // In characters, as those of the sources are.
  const whole = lengths.characters.bias.longer;
  const overall = isSure(whole) ? Math.sign(whole.effect) : 0;
  return groups
    .filter(({ column, longer }) => column === "source" && isSure(longer))
    .filter(({ longer }) => Math.sign(longer.effect) !== overall)
    .map(({ value, longer }) => {
      const [side, pairs] =
        longer.effect > 0 ? ["longer", longer.preferred] : ["shorter", longer.nonPreferred];
      const of = longer.preferred + longer.nonPreferred;
      const message = `Of ${JSON.stringify(value)} the preferred answer is the ${side} one in ${grouped(pairs)} of ${grouped(of)} pairs`;
      return finding("AUDIT_LENGTH_BIAS", message, { pairs });
    });
}

/** What the trainers' defaults would cut: from one pair in a hundred on. */
function windowFindings(tokens: LengthStatistics | undefined): Finding[] {
  const smallest = tokens?.above[0];
  if (smallest === undefined || smallest.share < 0.01) {
    return [];
  }
  const { limit, pairs, share } = smallest;
  const most = tokens!.longerSide.max;
  const [noun, verb] = pairs === 1 ? ["pair", "is"] : ["pairs", "are"];
  const message = `${grouped(pairs)} ${noun} (${(share * 100).toFixed(1)} %) ${verb} above ${grouped(limit)} tokens, the longest has ${grouped(most)}`;
  return [finding("AUDIT_LONG_PAIRS", message, { pairs })];
}

function isBiased({ longer, cohensD }: LengthBias): boolean {
  const pairs = longer.preferred + longer.nonPreferred;
  const isLarge = cohensD === null || Math.abs(cohensD) >= SMALL_D;
  return isSure(longer) || (pairs >= 30 && isLarge && Math.abs(longer.z) >= SURE_Z);
}

function formatEffect(d: number | null): string {
  return d === null ? "has no bound" : `= ${d.toFixed(2)}`;
}

function isSure({ effect, z }: SignBias): boolean {
  return Math.abs(effect) >= MEDIUM_G && Math.abs(z) >= SURE_Z;
}

function featureFindings({ features }: DatasetFigures): Finding[] {
  return features
    .filter(({ bias }) => isSure(bias))
    .map(({ id, title, bias }) => {
      const code = id === "refusal" ? "AUDIT_REFUSAL_BIAS" : "AUDIT_FORMAT_BIAS";
      const pairs = bias.preferred + bias.nonPreferred;
      const message = `Of ${grouped(pairs)} pairs in which one answer has ${title}, it is the preferred one in ${grouped(bias.preferred)}`;
      return finding(code, message, { pairs });
    });
}

function firstWordFindings({ firstWords, pairs }: DatasetFigures): Finding[] {
  return firstWords.words
    .filter(({ difference }) => pairs >= 30 && Math.abs(difference) >= FIRST_WORD_DIFFERENCE)
    .map(({ word, preferred, nonPreferred }) => {
      const begin = word === "" ? "no word" : JSON.stringify(word);
      const message = `${grouped(preferred)} preferred answers begin with ${begin}, and ${grouped(nonPreferred)} of the others`;
      return finding("AUDIT_FIRST_WORD", message, { pairs: preferred + nonPreferred });
    });
}

function modelFindings({ models }: DatasetFigures): Finding[] {
  return models
    .filter(({ bias }) => Math.abs(bias.effect) >= NEARLY_ALWAYS_G && Math.abs(bias.z) >= SURE_Z)
    .map(({ model, bias }) => {
      const pairs = bias.preferred + bias.nonPreferred;
      const message = `Of ${grouped(pairs)} pairs of ${JSON.stringify(model)} with another, it is preferred in ${grouped(bias.preferred)}`;
      return finding("AUDIT_GROUP_BIAS", message, { pairs });
    });
}

function repeatFindings({ repeats }: DatasetFigures): Finding[] {
  const { duplicateLines, reversedPairs, exact } = repeats;
  const rows = [
    [
      "LINE_DUPLICATE",
      duplicateLines,
      duplicateLines === 1 ? "line repeats" : "lines repeat",
      "an earlier one",
    ],
    ["LINE_REVERSED", reversedPairs, reversedPairs === 1 ? "pair is" : "pairs are", "stated both ways round"],
  ] as const;
  return rows
    .filter(([, pairs]) => pairs > 0)
    .map(([code, pairs, verb, rest]) => {
      const message = `${exact ? "" : "About "}${grouped(pairs)} ${verb} ${rest}`;
      return finding(code, message, { pairs });
    });
}

function nearIdenticalFindings({ nearIdentical: { pairs, places } }: DatasetFigures): Finding[] {
  const share = `${NEAR_IDENTICAL_OVERLAP * 100} %`;
  const message = `${inPairs(pairs)} two answers that share ${share} of their words or more`;
  return pairs === 0 ? [] : [finding("AUDIT_NEAR_IDENTICAL", message, { pairs, places })];
}

function inPairs(pairs: number): string {
  return pairs === 1 ? "1 pair holds" : `${grouped(pairs)} pairs hold`;
}
