import type { Captures } from './captures.ts';
import { numbers, type Rule } from './rules.ts';
import { inSi, TURN } from './units.ts';

const digits = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9 };
const parts = { third: 3, quarter: 4, fourth: 4, fifth: 5, sixth: 6, eighth: 8, tenth: 10 };

const shares = (suffix: string): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([word, below]) => [word + suffix, below]));

const figures = (c: Captures): string => c.all('figure').join('');

/** Everything that means a number. */
export const numberRules: readonly Rule[] = [
  numbers('digit', 'one to nine', digits),
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
    forms: ['<digit>', '<teen>', '<ten> [<digit>]'].map((pattern) => ({ pattern, value: (c) => c.sum() })),
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
      { pattern: '<digit> <shares>', value: (c) => c.number('digit') / c.number('shares') },
    ],
  },
  {
    name: 'number',
    says: 'a number: whole, with a point, with a fraction',
    forms: [
      { pattern: '<whole>', value: (c) => c.number('whole') },
      {
        pattern: '[<whole>] point <figure>+',
        // Read as it would be written: 2 + 5/10 would not always be the number nearest to 2.5.
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
 * A quantity, in SI: so many `<${name}Unit>`, or parts of `<${name}One>`. An article is spoken only where it agrees with its
 * unit: what nobody says would be heard instead of what was said.
 */
const quantity = (name: string, says: string): Rule => ({
  name,
  says,
  forms: [
    { pattern: `<number> <${name}Unit>`, value: (c) => c.number('number') * c.number(`${name}Unit`) },
    { pattern: `<fraction> of <${name}One>`, value: (c) => c.number('fraction') * c.number(`${name}One`) },
    { pattern: `[a] half <${name}One>`, value: (c) => c.number(`${name}One`) / 2 },
    {
      pattern: `<${name}One> [and <fraction>]`,
      value: (c) => (1 + c.number('fraction', 0)) * c.number(`${name}One`),
    },
    {
      pattern: `<whole> <${name}Unit> and <fraction>`,
      value: (c) => (c.number('whole') + c.number('fraction')) * c.number(`${name}Unit`),
    },
    { pattern: `a couple of <${name}Unit>`, value: (c) => 2 * c.number(`${name}Unit`) },
  ],
});

/** Everything that means a quantity. Spellings are American here: British ones are read as the same. */
export const quantityRules: readonly Rule[] = [
  numbers('lengthUnit', 'a unit of length', {
    'centimeters | centimeter | ~cm | ~cms': inSi('cm'),
    'millimeters | millimeter | ~mm': inSi('mm'),
    'meters | meter | ~m': inSi('m'),
    'inches | inch | ~"': inSi('inch'),
    'feet | foot | ~ft': inSi('foot'),
  }),
  numbers('angleUnit', 'a unit of angle', {
    'degrees | degree | ~deg': inSi('deg'),
    'radians | radian | ~rad': inSi('rad'),
    'turns | turn': TURN,
  }),
  numbers('lengthOne', 'one unit of length', {
    '(a | ~an) (centimeter | ~centimeters | ~cm | ~cms)': inSi('cm'),
    '(a | ~an) (millimeter | ~millimeters | ~mm)': inSi('mm'),
    '(a | ~an) (meter | ~meters | ~m)': inSi('m'),
    '(an | ~a) (inch | ~inches | ~")': inSi('inch'),
    '(a | ~an) (foot | ~feet | ~ft)': inSi('foot'),
  }),
  numbers('angleOne', 'one unit of angle', {
    '(a | ~an) (degree | ~degrees | ~deg)': inSi('deg'),
    '(a | ~an) (radian | ~radians | ~rad)': inSi('rad'),
    '(a | ~an) (turn | ~turns)': TURN,
  }),
  quantity('length', 'a length'),
  quantity('angle', 'an angle'),
  {
    name: 'percent',
    says: 'a share in percent',
    forms: [{ pattern: '<number> (percent | ~%)', value: (c) => c.number('number') / 100 }],
  },
];
