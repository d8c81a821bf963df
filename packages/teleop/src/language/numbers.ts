import { inSi, TURN } from '@praxis/core/units';
import type { Captures } from './captures.ts';
import { type Form, numbers, type Rule } from './rules.ts';

const several = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9 };
const digits = { one: 1, ...several };
const half = { '(a | one) half': 1 / 2 };
const parts = { third: 3, quarter: 4, fourth: 4, fifth: 5, sixth: 6, eighth: 8, tenth: 10 };

const shares = (suffix: string): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([word, below]) => [word + suffix, below]));

const figures = (c: Captures): string => c.all('figure').join('');
// Read as it would be written: 2 + 5/10 would not always be the number nearest to 2.5.
const withPoint = (c: Captures, whole: string): number => Number(`${c.number(whole, 0)}.${c.text('point')}`);

/** Whole numbers below a hundred. @param first rule of those below ten */
const belowHundred = (first: string): readonly Form[] =>
  [`<${first}>`, '<teen>', '<ten> [<digit>]'].map((pattern) => ({ pattern, value: (c) => c.sum() }));

/**
 * Numbers of one size as they are spoken before units in the plural: whole ones from two on, with a point, with what is said after a
 * whole number.
 * @param whole rule of whole numbers, and the same without one
 */
const sized = (name: string, says: string, whole: string, wholeFromTwo: string): Rule => ({
  name,
  says,
  forms: [
    { pattern: `<${wholeFromTwo}>`, value: (c) => c.sum() },
    { pattern: `[<${whole}>] <point>`, value: (c) => withPoint(c, whole) },
    { pattern: `<${whole}> and <half>`, value: (c) => c.sum() },
    { pattern: '<digit> and <rest>', value: (c) => c.sum() },
  ],
});

/** Everything that means a number. */
export const numberRules: readonly Rule[] = [
  numbers('digit', 'one to nine', digits),
  numbers('several', 'two to nine', several),
  numbers('figure', 'a figure after the point', { zero: 0, oh: 0, ...digits }),
  numbers('teen', 'ten to nineteen', {
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
  numbers('ten', 'the tens', {
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
    says: 'one to ninety nine',
    forms: belowHundred('digit'),
  },
  {
    name: 'smallFromTwo',
    says: 'two to ninety nine',
    forms: belowHundred('several'),
  },
  numbers('half', 'what is said after a whole number', half),
  numbers('rest', 'what is said after one to nine', {
    ...half,
    '(a | one) third': 1 / 3,
    '(a | one) (quarter | fourth)': 1 / 4,
    'two thirds': 2 / 3,
    'three (quarters | fourths)': 3 / 4,
  }),
  numbers('hundreds', 'one to three, of hundreds', { '(a | one)': 1, two: 2, three: 3 }),
  sized('few', 'what is said of large units: below ten', 'digit', 'several'),
  sized('dozens', 'what is said of middling units: below a hundred', 'small', 'smallFromTwo'),
  {
    name: 'many',
    says: 'what is said of small units: below four hundred',
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
    says: 'figures after the point',
    forms: [{ pattern: 'point <figure> [<figure>]', value: (c) => figures(c) }],
  },
  {
    name: 'whole',
    says: 'a whole number below a thousand',
    forms: [
      { pattern: 'zero', value: () => 0 },
      { pattern: '<small>', value: (c) => c.number('small') },
      {
        pattern: '(a | <digit:hundreds>) hundred [[and] <small>]',
        value: (c) => 100 * c.number('hundreds', 1) + c.number('small', 0),
      },
    ],
  },
  numbers('share', 'what one part of several is called', shares('')),
  numbers('shares', 'what parts are called', shares('s')),
  {
    name: 'fraction',
    says: 'a fraction',
    forms: [
      { pattern: '[a] half', value: () => 1 / 2 },
      { pattern: '(a | one) <share>', value: (c) => 1 / c.number('share') },
      { pattern: '<several> <shares>', value: (c) => c.number('several') / c.number('shares') },
      { pattern: '~<digit> <shares>', value: (c) => c.number('digit') / c.number('shares') },
    ],
  },
  {
    name: 'number',
    says: 'a number: whole, with a point, with a fraction',
    forms: [
      { pattern: '<whole>', value: (c) => c.number('whole') },
      {
        pattern: '[<whole>] point <figure>+',
        value: (c) => Number(`${c.number('whole', 0)}.${figures(c)}`),
      },
      { pattern: '<whole> and <fraction>', value: (c) => c.number('whole') + c.number('fraction') },
      { pattern: '<fraction>', value: (c) => c.number('fraction') },
      { pattern: '#', value: (c) => c.number('#') },
      { pattern: '# #', value: (c) => c.sum() },
      { pattern: '# and <fraction>', value: (c) => c.sum() },
    ],
  },
];

/**
 * A quantity, in SI: so many `<${name}Unit>`, or parts of `<${name}One>`. Spoken are only numbers of the size that an arm moves by in
 * that unit, and units and articles that agree: what nobody says would be heard instead of what was said ("eight turn" for "a turn").
 * @param sizes rules of numbers, and of the units with which they are spoken
 */
const quantity = (name: string, says: string, sizes: Readonly<Record<string, string>>): Rule => {
  const unit = `${name}Unit`;
  const one = `${name}One`;
  return {
    name,
    says,
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
        value: (c) => (1 + c.number('rest', c.number('fraction', 0))) * c.number(one),
      },
      {
        pattern: `<several> <${unit}> and <rest>`,
        value: (c) => (c.number('several') + c.number('rest')) * c.number(unit),
      },
      {
        pattern: `~<whole> <${unit}> and <fraction>`,
        value: (c) => (c.number('whole') + c.number('fraction')) * c.number(unit),
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
const turns = { 'turns | ~turn': TURN };

/** Everything that means a quantity. Spellings are American here: British ones are read as the same. */
export const quantityRules: readonly Rule[] = [
  numbers('lengthUnit', 'a unit of length', { ...centimeters, ...millimeters, ...meters, ...inches, ...feet }),
  numbers('smallLength', 'a small unit of length', millimeters),
  numbers('middlingLength', 'a middling unit of length', { ...centimeters, ...inches }),
  numbers('largeLength', 'a large unit of length', { ...meters, ...feet }),
  numbers('angleUnit', 'a unit of angle', { ...degrees, ...radians, ...turns }),
  numbers('smallAngle', 'a small unit of angle', degrees),
  numbers('largeAngle', 'a large unit of angle', { ...radians, ...turns }),
  numbers('lengthOne', 'one unit of length', {
    '(a | one | ~an) (centimeter | ~centimeters | ~cm | ~cms)': inSi('cm'),
    '(a | one | ~an) (millimeter | ~millimeters | ~mm)': inSi('mm'),
    '(a | one | ~an) (meter | ~meters | ~m)': inSi('m'),
    '(an | one | ~a) (inch | ~inches | ~")': inSi('inch'),
    '(a | one | ~an) (foot | ~feet | ~ft)': inSi('foot'),
  }),
  numbers('angleOne', 'one unit of angle', {
    '(a | one | ~an) (degree | ~degrees | ~deg)': inSi('deg'),
    '(a | one | ~an) (radian | ~radians | ~rad)': inSi('rad'),
    '(a | one | ~an) (turn | ~turns)': TURN,
  }),
  quantity('length', 'a length', { many: 'smallLength', dozens: 'middlingLength', few: 'largeLength' }),
  quantity('angle', 'an angle', { many: 'smallAngle', few: 'largeAngle' }),
  {
    name: 'percent',
    says: 'a share in percent',
    forms: [
      { pattern: '<small> (percent | ~%)', value: (c) => c.number('small') / 100 },
      { pattern: '<hundreds> hundred (percent | ~%)', value: (c) => c.number('hundreds') },
      { pattern: '~<number> (percent | ~%)', value: (c) => c.number('number') / 100 },
    ],
  },
];
