/** Number of words above which a text cannot be a command; it is still searched for stop words. */
export const MAX_WORDS = 80;

/** Spellings and contractions on the left, the words that the rules use on the right. */
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

/** Words that are also written in two parts, and the form that the rules use. */
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
 * Splits a text into words in the spelling of the rules: lower case, American, without accents and punctuation, with numbers
 * separate from their units. Accepts any text; it never throws.
 */
export function wordsIn(text: string): readonly string[] {
  const plain = text
    .replace(/[½¼¾⅓⅔⅛]/g, (fraction) => ` ${VULGAR_FRACTIONS[fraction]} `)
    .normalize('NFKD')
    // Accents and invisible characters must not hide a stop word.
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

/** Words without a meaning for the robot, which are ignored. */
const FILLERS = new Set('please uh uhm um er erm ah hmm okay ok well so like kindly just now then thanks'.split(' '));

/** True when a command's meaning ignores this word wherever it stands. */
export const isFiller = (word: string): boolean => FILLERS.has(word);

/** Forms of address, ignored at the beginning only: in "lift the robot" the robot is an object. */
const ROBOT_NAMES = ['hey', 'robot', 'praxis'];

/** Phrases that make a command a request; they are removed from the beginning. */
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

/** The words without fillers and without forms of address and request phrases at the beginning. */
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
