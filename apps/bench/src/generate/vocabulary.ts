import type { Random } from "@dpo-kit/testkit/random";

/** Words by the part they play in a sentence, as the templates name them. */
export type WordClass =
  | "noun"
  | "verb"
  | "adjective"
  | "adverb"
  | "name"
  | "number"
  | "accented"
  | "han"
  | "emoji";

/** All words that texts are made of: several thousand, the same for the same seed. */
export type Vocabulary = Readonly<Record<WordClass, readonly string[]>>;

const onsets =
  "b c d f g h j k l m n p r s t v w z bl br ch cl cr dr fl gr pl pr sh sl sp st str th tr".split(" ");
const nuclei = "a e i o u ai ea ee io oa ou".split(" ");
const codas = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ck", "ng", "rt"];
const accents = "á à â ä å ã é è ê ë í ï ó ô ö ø ú ü ñ ç ß ž š č ł ő".split(" ");
const han = [
  ..."的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天",
];
const emoji = ["🙂", "🎉", "🚀", "👍🏽", "👩‍💻", "🇫🇷", "✅", "🤔", "📦", "🔥", "❤️", "🧪"];
const endings: Readonly<Record<"noun" | "verb" | "adjective" | "adverb", readonly string[]>> = {
  noun: ["", "", "er", "ment", "ness", "ion", "age"],
  verb: ["", "", "ate", "ify", "en"],
  adjective: ["", "al", "ive", "ous", "ful", "able"],
  adverb: ["ly"],
};

/** Makes the words. */
export function createVocabulary(random: Random): Vocabulary {
  const many = (count: number, make: () => string) => [...new Set(Array.from({ length: count }, make))];
  const ending = (kind: keyof typeof endings) => () => stem(random) + random.pick(endings[kind]);
  return {
    noun: many(2_400, ending("noun")),
    verb: many(1_200, ending("verb")),
    adjective: many(1_000, ending("adjective")),
    adverb: many(300, ending("adverb")),
    name: many(400, () => capital(stem(random))),
    number: many(300, () => String(random.integer(0, 99_999) / random.pick([1, 1, 10, 100]))),
    accented: many(800, () => stem(random) + random.pick(accents) + random.pick(codas)),
    han: many(1_200, () => Array.from({ length: random.integer(1, 4) }, () => random.pick(han)).join("")),
    emoji,
  };
}

function stem(random: Random): string {
  const syllables = random.integer(1, 3);
  return Array.from(
    { length: syllables },
    () => random.pick(onsets) + random.pick(nuclei) + random.pick(codas),
  ).join("");
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
