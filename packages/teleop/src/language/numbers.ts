import { FULL_TURN_RAD, inSi } from '@praxis/core/units';
import type { Captures } from './captures.ts';
import { numberRule, type Rule, type RuleForm } from './grammar.ts';

const twoToNine = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9 };
const oneToNine = { one: 1, ...twoToNine };
const halfWording = { '(a | one) half': 1 / 2 };
const fractionDenominators = { third: 3, quarter: 4, fourth: 4, fifth: 5, sixth: 6, eighth: 8, tenth: 10 };

const fractionWords = (suffix: string): Record<string, number> =>
  Object.fromEntries(Object.entries(fractionDenominators).map(([word, below]) => [word + suffix, below]));

const decimalDigits = (c: Captures): string => c.all('figure').join('');
// Parsed from its decimal notation, since 2 + 5 / 10 is not always the double nearest to 2.5.
const decimalValue = (c: Captures, whole: string): number => Number(`${c.number(whole, 0)}.${c.text('point')}`);

/** A whole number with a part below one; undefined for anything else: "5 10" and "two and five quarters" are no numbers. */
const mixed = (whole: number, part: number): number | undefined =>
  Number.isInteger(whole) && part > 0 && part < 1 ? whole + part : undefined;

const times = (number: number | undefined, unit: number): number | undefined =>
  number === undefined ? undefined : number * unit;

/** Wordings of whole numbers below a hundred. @param first rule of the numbers below ten */
const belowHundredForms = (first: string): readonly RuleForm[] =>
  [`<${first}>`, '<teen>', '<ten> [<digit>]'].map((pattern) => ({ pattern, value: (c) => c.sum() }));

/**
 * Makes the rule of spoken numbers of one size before a plural unit: whole numbers from two on, decimals, and mixed fractions.
 * @param whole rule of whole numbers from one on
 * @param wholeFromTwo rule of whole numbers from two on
 */
const sizedNumberRule = (name: string, description: string, whole: string, wholeFromTwo: string): Rule => ({
  name,
  description,
  forms: [
    { pattern: `<${wholeFromTwo}>`, value: (c) => c.sum() },
    { pattern: `[<${whole}>] <point>`, value: (c) => decimalValue(c, whole) },
    { pattern: `<${whole}> and <half>`, value: (c) => c.sum() },
    { pattern: '<digit> and <rest>', value: (c) => c.sum() },
  ],
});

const partOf = (share: number): number | undefined => (share > 0 && share <= 1 ? share : undefined);

/** The largest share, typed as spoken (%). */
const MAX_PERCENT = 300;

/** The rules of numbers. */
export const numberRules: readonly Rule[] = [
  numberRule('digit', 'one to nine', oneToNine),
  numberRule('several', 'two to nine', twoToNine),
  numberRule('figure', 'a figure after the point', { zero: 0, oh: 0, ...oneToNine }),
  numberRule('teen', 'ten to nineteen', {
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
  }),
  numberRule('ten', 'the tens', {
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
  }),
  {
    name: 'small',
    description: 'one to ninety nine',
    forms: belowHundredForms('digit'),
  },
  {
    name: 'smallFromTwo',
    description: 'two to ninety nine',
    forms: belowHundredForms('several'),
  },
  numberRule('half', 'a half after a whole number', halfWording),
  numberRule('rest', 'a fraction after one to nine', {
    ...halfWording,
    '(a | one) third': 1 / 3,
    '(a | one) (quarter | fourth)': 1 / 4,
    'two thirds': 2 / 3,
    'three (quarters | fourths)': 3 / 4,
  }),
  numberRule('hundreds', 'one to three hundreds', { '(a | one)': 1, two: 2, three: 3 }),
  sizedNumberRule('few', 'numbers spoken with large units: below ten', 'digit', 'several'),
  sizedNumberRule('dozens', 'numbers spoken with medium units: below a hundred', 'small', 'smallFromTwo'),
  {
    name: 'many',
    description: 'numbers spoken with small units: below four hundred',
    forms: [
      { pattern: '<dozens>', value: (c) => c.sum() },
      {
        pattern: '<hundreds> hundred [[and] <small>]',
        value: (c) => 100 * c.number('hundreds') + c.number('small', 0),
      },
    ],
  },
  {
    name: 'point',
    description: 'figures after the point',
    forms: [{ pattern: 'point <figure> [<figure>]', value: (c) => decimalDigits(c) }],
  },
  {
    name: 'whole',
    description: 'a whole number below a thousand',
    forms: [
      { pattern: 'zero', value: () => 0 },
      { pattern: '<small>', value: (c) => c.number('small') },
      {
        pattern: '(a | <digit:hundreds>) hundred [[and] <small>]',
        value: (c) => 100 * c.number('hundreds', 1) + c.number('small', 0),
      },
    ],
  },
  numberRule('share', 'the denominator of one part', fractionWords('')),
  numberRule('shares', 'the denominator of several parts', fractionWords('s')),
  {
    name: 'fraction',
    description: 'a fraction',
    forms: [
      { pattern: '[a] half', value: () => 1 / 2 },
      { pattern: '(a | one) <share>', value: (c) => 1 / c.number('share') },
      { pattern: '<several> <shares>', value: (c) => c.number('several') / c.number('shares') },
      { pattern: '~<digit> <shares>', value: (c) => c.number('digit') / c.number('shares') },
    ],
  },
  {
    name: 'part',
    description: 'a part of a whole: more than nothing and at most all of it',
    forms: [
      { pattern: 'halfway | half way | half', value: () => 1 / 2 },
      { pattern: '<rest>', value: (c) => c.number('rest') },
      { pattern: '<small> (percent | ~%)', value: (c) => c.number('small') / 100 },
      { pattern: '(a | one) hundred (percent | ~%)', value: () => 1 },
      { pattern: '~<fraction> | ~<percent>', value: (c) => partOf(c.number('fraction', c.number('percent'))) },
    ],
  },
  {
    name: 'number',
    description: 'a number: whole, decimal or with a fraction',
    forms: [
      { pattern: '<whole>', value: (c) => c.number('whole') },
      {
        pattern: '[<whole>] point <figure>+',
        value: (c) => Number(`${c.number('whole', 0)}.${decimalDigits(c)}`),
      },
      { pattern: '<whole> and <fraction>', value: (c) => mixed(c.number('whole'), c.number('fraction')) },
      { pattern: '<fraction>', value: (c) => c.number('fraction') },
      { pattern: '#', value: (c) => c.number('#') },
      // Only a fraction follows a whole number, as in "2 1/2".
      { pattern: '# #', value: (c) => mixed(c.number('#'), c.number('/')) },
      { pattern: '# and <fraction>', value: (c) => mixed(c.number('#'), c.number('fraction')) },
    ],
  },
];

/**
 * Makes the rule of a quantity, in SI units: a multiple of `<${name}Unit>`, or a part of `<${name}One>`. Its spoken wordings are limited
 * to sizes that an arm moves by and to units that agree with their number, since a recogniser would confuse other wordings with
 * these ("eight turn" with "a turn").
 * @param sizes for each rule of numbers, the rule of the units that they are spoken with
 */
const quantityRule = (name: string, description: string, sizes: Readonly<Record<string, string>>): Rule => {
  const unit = `${name}Unit`;
  const one = `${name}One`;
  return {
    name,
    description,
    forms: [
      ...Object.entries(sizes).map(([number, ofSize]) => ({
        pattern: `<${number}> <${ofSize}>`,
        value: (c: Captures) => c.number(number) * c.number(ofSize),
      })),
      { pattern: `~<number> <${unit}>`, value: (c) => c.number('number') * c.number(unit) },
      { pattern: `<fraction> of <${one}>`, value: (c) => c.number('fraction') * c.number(one) },
      { pattern: `[a] half <${one}>`, value: (c) => c.number(one) / 2 },
      {
        pattern: `<${one}> [and (<rest> | ~<fraction>)]`,
        value: (c) =>
          times(c.get('fraction') ? mixed(1, c.number('fraction')) : 1 + c.number('rest', 0), c.number(one)),
      },
      {
        pattern: `<several> <${unit}> and <rest>`,
        value: (c) => (c.number('several') + c.number('rest')) * c.number(unit),
      },
      {
        pattern: `~<whole> <${unit}> and <fraction>`,
        value: (c) => times(mixed(c.number('whole'), c.number('fraction')), c.number(unit)),
      },
      { pattern: `a couple of <${unit}>`, value: (c) => 2 * c.number(unit) },
    ],
  };
};

const centimeters = { 'centimeters | ~centimeter | ~cm | ~cms': inSi('cm') };
const millimeters = { 'millimeters | ~millimeter | ~mm': inSi('mm') };
const meters = { 'meters | ~meter | ~m': inSi('m') };
const inches = { 'inches | ~inch | ~"': inSi('inch') };
const feet = { 'feet | ~foot | ~ft': inSi('foot') };
const degrees = { 'degrees | ~degree | ~deg': inSi('deg') };
const radians = { 'radians | ~radian | ~rad': inSi('rad') };
const turns = { 'turns | ~turn': FULL_TURN_RAD };

/** The rules of quantities. Spellings are American; `wordsIn` converts British ones. */
export const quantityRules: readonly Rule[] = [
  numberRule('lengthUnit', 'a unit of length', { ...centimeters, ...millimeters, ...meters, ...inches, ...feet }),
  numberRule('smallLength', 'a small unit of length', millimeters),
  numberRule('middlingLength', 'a medium unit of length', { ...centimeters, ...inches }),
  numberRule('largeLength', 'a large unit of length', { ...meters, ...feet }),
  numberRule('angleUnit', 'a unit of angle', { ...degrees, ...radians, ...turns }),
  numberRule('smallAngle', 'a small unit of angle', degrees),
  numberRule('largeAngle', 'a large unit of angle', { ...radians, ...turns }),
  numberRule('lengthOne', 'one unit of length', {
    '(a | one | ~an) (centimeter | ~centimeters | ~cm | ~cms)': inSi('cm'),
    '(a | one | ~an) (millimeter | ~millimeters | ~mm)': inSi('mm'),
    '(a | one | ~an) (meter | ~meters | ~m)': inSi('m'),
    '(an | one | ~a) (inch | ~inches | ~")': inSi('inch'),
    '(a | one | ~an) (foot | ~feet | ~ft)': inSi('foot'),
  }),
  numberRule('angleOne', 'one unit of angle', {
    '(a | one | ~an) (degree | ~degrees | ~deg)': inSi('deg'),
    '(a | one | ~an) (radian | ~radians | ~rad)': inSi('rad'),
    '(a | one | ~an) (turn | ~turns)': FULL_TURN_RAD,
  }),
  quantityRule('length', 'a length', { many: 'smallLength', dozens: 'middlingLength', few: 'largeLength' }),
  quantityRule('angle', 'an angle', { many: 'smallAngle', few: 'largeAngle' }),
  {
    name: 'percent',
    description: 'a share in percent',
    forms: [
      { pattern: '<small> (percent | ~%)', value: (c) => c.number('small') / 100 },
      { pattern: '<hundreds> hundred (percent | ~%)', value: (c) => c.number('hundreds') },
      {
        pattern: '~<number> (percent | ~%)',
        value: (c) => (c.number('number') <= MAX_PERCENT ? c.number('number') / 100 : undefined),
      },
    ],
  },
];
