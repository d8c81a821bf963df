/** Words for numbers. "One" is among them, though it also stands for an object. */
const NUMBER_WORDS = new Set(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen ' +
    'nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half halves third thirds ' +
    'quarter quarters fourth fourths fifth fifths sixth sixths eighth eighths tenth tenths'
  ).split(' '),
);

/** Words for quantities beside numbers: units, axes and signs. */
const QUANTITY_WORDS = new Set(
  (
    'centimeters centimeter cm cms millimeters millimeter mm meters meter m inches inch feet foot ft kilometers kilometer km ' +
    'yards yard degrees degree deg radians radian rad turns percent seconds second minutes minute x y z axis plus minus ' +
    'negative positive % "'
  ).split(' '),
);

/** True when a word is a number in words. */
export const isNumberWord = (word: string): boolean => NUMBER_WORDS.has(word);

/** True when a word belongs to a quantity: a number in words or figures, a unit, an axis or a sign. "One" may stand for an object. */
export const isQuantityWord = (word: string): boolean =>
  /^\d/.test(word) || QUANTITY_WORDS.has(word) || (NUMBER_WORDS.has(word) && word !== 'one');
