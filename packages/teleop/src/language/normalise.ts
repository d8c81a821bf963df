/** Longer texts are nobody's command: they are searched for stop words and read no further. */
export const MAX_WORDS = 80;

/** What is spelled or said in several ways; the right side is what the rules know. */
const SPELLINGS: Readonly<Record<string, string>> = {
  metre: 'meter',
  metres: 'meters',
  centimetre: 'centimeter',
  centimetres: 'centimeters',
  millimetre: 'millimeter',
  millimetres: 'millimeters',
  colour: 'color',
  coloured: 'colored',
  grey: 'gray',
  centre: 'center',
  grips: 'grip',
  anticlockwise: 'counterclockwise',
  towards: 'toward',
  backwards: 'backward',
  forwards: 'forward',
  upwards: 'up',
  upward: 'up',
  downwards: 'down',
  downward: 'down',
  leftwards: 'left',
  rightwards: 'right',
  "what's": 'what is',
  "where's": 'where is',
  "you're": 'you are',
  "don't": 'do not',
  dont: 'do not',
  "doesn't": 'does not',
  "let's": 'let us',
  "i'd": 'i would',
  "it's": 'it is',
  "that's": 'that is',
  "can't": 'can not',
  cannot: 'can not',
  "won't": 'will not',
  "didn't": 'did not',
};

/** Two words that are one. */
const COMPOUND_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(counter|anti)[ -]clock[ -]?wise\b/g, 'counterclockwise'],
  [/\bclock[ -]wise\b/g, 'clockwise'],
  [/\bper cent\b/g, 'percent'],
  [/\b(centi|milli)[ -](met(er|re)s?)\b/g, '$1$2'],
  [/\be[ -]?stop\b/g, 'stop'],
];

const VULGAR_FRACTIONS: Readonly<Record<string, string>> = {
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '⅓': '1/3',
  '⅔': '2/3',
  '⅛': '1/8',
};

/**
 * A text as the words that the rules know: lower case, without accents and punctuation, numbers apart from their units,
 * British spellings as American ones. Never throws.
 */
export function wordsIn(text: string): readonly string[] {
  const plain = text
    .replace(/[½¼¾⅓⅔⅛]/g, (fraction) => ` ${VULGAR_FRACTIONS[fraction]} `)
    .normalize('NFKD')
    // Accents and characters that do not show must not hide a word.
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/[“”″]/g, '"')
    .replace(/°/g, ' degrees ')
    .replace(/(\d),(\d{3})(?!\d)/g, '$1$2')
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(/(^|[^\w.])\.(\d)/g, '$10.$2')
    .replace(/(^|\s)[-−](\s*\d)/g, '$1minus $2');
  const joined = COMPOUND_WORDS.reduce((result, [from, to]) => result.replace(from, to), plain);
  return (joined.match(/\d+\/\d+|\d+(\.\d+)?|\p{L}+('\p{L}+)*|[%"]/gu) ?? []).flatMap((word) =>
    (Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : word).split(' '),
  );
}

/** Said without meaning anything; `please` and the like are left out too. */
const FILLERS = new Set('please uh uhm um er erm ah hmm okay ok well so like kindly just now then thanks'.split(' '));

/** True for a word that means nothing by itself. */
export const isFiller = (word: string): boolean => FILLERS.has(word);

/** How the robot is called: left out at the beginning only, since "lift the robot" names it. */
const ROBOT_NAMES = ['hey', 'robot', 'praxis'];

/** Ways to ask instead of to tell, taken off the beginning. */
export const REQUEST_PHRASES: readonly (readonly string[])[] = [
  ['could', 'you'],
  ['can', 'you'],
  ['would', 'you'],
  ['will', 'you'],
  ['i', 'want', 'you', 'to'],
  ['i', 'would', 'like', 'you', 'to'],
  ['go', 'ahead', 'and'],
  ['go', 'and'],
];

const OPENING_PHRASES = [...ROBOT_NAMES.map((name) => [name]), ...REQUEST_PHRASES];

/** The words without fillers and without a request at the beginning. */
export function withoutFillers(words: readonly string[]): readonly string[] {
  let rest = words.filter((word) => !FILLERS.has(word));
  for (let again = true; again; ) {
    const request = OPENING_PHRASES.find(
      (each) => each.every((word, i) => rest[i] === word) && rest.length > each.length,
    );
    again = request !== undefined;
    if (request) rest = rest.slice(request.length);
  }
  return rest;
}
