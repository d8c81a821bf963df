import { isNumberWord } from './number-words.ts';

/**
 * Stands in a list of words for a sign or a figure that the rules do not read ("±", "#", "1.2.3"). No wording holds it, so the
 * sentence is no command: a sign that is passed over can turn a motion around.
 */
export const UNREADABLE = '\ufffd';

/** A number in figures with everything that is written into it: `5`, `2.5`, `1/2`, `.5`, but also `1.2.3` and `5:30`. */
const FIGURES = /(?<![\p{L}\d.])\.\d+|\d+(?:[.,:/'_]+\d+)*/u;
const WORD = /\p{L}+(?:'\p{L}+)*/u;
const OTHER_SIGN = /\.(?=\d)|[^\s.,!?;:'()[\]{}«»„‚‹›¿¡•·]/u;
const TOKEN = new RegExp(`${FIGURES.source}|${WORD.source}|${OTHER_SIGN.source}`, 'gu');

/** Words before which a free-standing dash is a minus sign, and not a pause. */
const SIGNED =
  /^(x|y|z|roll|pitch|yaw|left|right|up|down|forward|ahead|back|backward|higher|lower|cm|mm|m|inch(es)?|(centi|milli)?met(er|re)s?|degrees?|percent|half)$/;
/** Words after which "-one" is a number, and not "the red-one". */
const BEFORE_ONE = /^(x|y|z|axis|roll|pitch|yaw|by|to)$/;

/**
 * Splits a text into words, numbers in figures and signs. Punctuation is dropped. `+` and `-` become "plus" and "minus", except for
 * hyphens between words and dashes that mark a pause; `=`, `/` and `_` separate words; any other sign becomes {@link UNREADABLE}.
 * @param text lower case, with `-` for every dash and minus sign
 */
export function splitSigns(text: string): readonly string[] {
  const words: string[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const before = text.slice(0, index);
    const after = text.slice(index + token.length);
    if (/^\.?\d/.test(token)) words.push(figuresOf(token));
    else if (/^\p{L}/u.test(token) || token === '%') words.push(token);
    else words.push(...signOf(token, before, after, words.at(-1) ?? ''));
  }
  return words;
}

/**
 * A number in the notation of the rules: `12`, `2.5`, `1/2`. A comma is a decimal point, "2,5" and "0,125"; "1,000" may be one or a
 * thousand and is not read.
 */
function figuresOf(token: string): string {
  if (/^\d+(\/\d+)?$|^\d+\.\d+$/.test(token)) return token;
  if (/^\.\d+$/.test(token)) return `0${token}`;
  const isThousands = /^[1-9]\d{0,2},\d{3}$/.test(token);
  return /^\d+,\d+$/.test(token) && !isThousands ? token.replace(',', '.') : UNREADABLE;
}

/** The words for one sign. */
function signOf(sign: string, before: string, after: string, wordBefore: string): readonly string[] {
  const isBetweenLetters = /\p{L}$/u.test(before) && /^\p{L}/u.test(after);
  switch (sign) {
    case '-':
      return isMinus(before, after, wordBefore) ? ['minus'] : [];
    case '+':
      return ['plus'];
    case '=':
      return /[\p{L}+\-\s]$/u.test(before) && /^\s*[\p{L}\d.+(-]/u.test(after) && !/[=!<>]\s*$/.test(before)
        ? []
        : [UNREADABLE];
    case '/':
    case '_':
      return isBetweenLetters ? [] : [UNREADABLE];
    case '"':
      // Inches after a number, otherwise a quotation mark.
      return /^\d/.test(wordBefore) || isNumberWord(wordBefore) ? ['"'] : [];
    default:
      return [UNREADABLE];
  }
}

function isMinus(before: string, after: string, wordBefore: string): boolean {
  if (after.trim() === '') return false;
  if (/^\s*[(]?\s*\.?\d/.test(after)) return true;
  const next = /^\s*(\p{L}+)/u.exec(after)?.[1];
  if (next === undefined) return !/^\s*[,.;:!?]/.test(after);
  const isNumber = next === 'one' ? BEFORE_ONE.test(wordBefore) : isNumberWord(next);
  const isJoined = !/^\s/.test(after);
  // "twenty-five" and "one-half" are one number.
  if (isJoined && /\p{L}$/u.test(before)) return isNumber && !isNumberWord(wordBefore) && !JOINS.test(wordBefore);
  if (isJoined && /\d$/.test(before)) return isNumber;
  return isJoined || isNumber || next === 'one' || SIGNED.test(next);
}

/** Words that a hyphen joins to a number. */
const JOINS = /^(point|and|a|an)$/;
