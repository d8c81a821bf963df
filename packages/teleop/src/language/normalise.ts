import { splitSigns, UNREADABLE } from './signs.ts';

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
  "let's": 'let us',
  "i'd": 'i would',
  "i'll": 'i will',
  "it's": 'it is',
  "that's": 'that is',
  cannot: 'can not',
};

/** Words that are also written in two parts, and the form that the rules use. */
const COMPOUND_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(counter|anti)[ -]clock[ -]?wise\b/g, 'counterclockwise'],
  [/\bclock[ -]wise\b/g, 'clockwise'],
  [/\bper cent\b/g, 'percent'],
  [/\b(centi|milli)[ -](met(er|re)s?)\b/g, '$1$2'],
  [/\be[ -]?stop\b/g, 'stop'],
];

/** A word before "n't", with and without the apostrophe; "can't", "won't" and "shan't" are shorter than their verbs. */
const VERBS = 'ai|are|ca|could|did|do|does|had|has|have|is|may|might|must|need|ought|sha|should|was|were|wo|would|dare';
const NEGATED_VERB = new RegExp(`^(${VERBS})n'?t$`);
const SPLIT_NEGATION = new RegExp(`\\b(${VERBS})n[ ']+t\\b`, 'g');
const SHORTENED_VERBS: Readonly<Record<string, string>> = { ca: 'can', wo: 'will', sha: 'shall', ai: 'is' };
/** The words for one written word in the spelling of the rules. */
function spelled(word: string): readonly string[] {
  if (Object.hasOwn(SPELLINGS, word)) return SPELLINGS[word].split(' ');
  const verb = NEGATED_VERB.exec(word)?.[1] ?? /^(\p{L}+)n't$/u.exec(word)?.[1];
  return verb === undefined ? [word] : [SHORTENED_VERBS[verb] ?? verb, 'not'];
}

/** Replaces the characters that are written in several ways by one of them. */
const plainText = (text: string): string =>
  text
    .replace(/[’‘`´ʼʹ′＇]/g, "'")
    .replace(/[“”″‟〃＂]/g, '"')
    .replace(/[º˚°]/g, ' degrees ')
    // A fraction in one character is a number of its own, an exponent is none: "1½" is "1 1/2", and "10²" is no 102.
    .replace(/[¼-¾⅐-⅞↉]/g, (fraction) => ` ${fraction.normalize('NFKD')} `)
    .replace(/[²³¹⁰⁴-⁹₀-₉①-⓿]/g, ` ${UNREADABLE} `)
    // Signs that compatibility forms would turn into a space and an accent.
    .replace(/[\p{Sk}‾]/gu, ` ${UNREADABLE} `)
    .normalize('NFKD')
    // Accents and invisible characters must not hide a stop word.
    .replace(/[\p{M}\p{Cf}]|(?!\s)\p{Cc}/gu, '')
    .toLowerCase()
    .replace(/′′/g, '"')
    .replace(/⁄/g, '/')
    .replace(/[‐-―−⁃⸺⸻]/g, '-')
    .replace(SPLIT_NEGATION, "$1n't");

/**
 * Splits a text into words in the spelling of the rules: lower case, American, without accents and punctuation, with numbers
 * separate from their units, and signs as words. A sign that the rules do not read becomes a word that no rule knows. Accepts any
 * text; it never throws. The words joined by spaces have the same words again.
 */
export function wordsIn(text: string): readonly string[] {
  const joined = COMPOUND_WORDS.reduce((result, [from, to]) => result.replace(from, to), plainText(text));
  return splitSigns(joined).flatMap(spelled);
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

/** Without fillers, which are removed first: "i would like you to". */
const OPENING_PHRASES = [...ROBOT_NAMES.map((name) => [name]), ...REQUEST_PHRASES].map((phrase) =>
  phrase.filter((word) => !FILLERS.has(word)),
);

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
