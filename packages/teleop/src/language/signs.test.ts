import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Language } from './language.ts';
import { wordsIn } from './normalise.ts';

const language = new Language();
const INCH_M = 0.0254;
const DEGREE_RAD = Math.PI / 180;
const move = (axis: 'x' | 'y' | 'z', metres: number) => ({
  kind: 'move',
  frame: 'base',
  axis,
  metres: expect.closeTo(metres, 12),
});

describe('a minus sign turns a motion around, whatever it is written with', () => {
  it.each([
    ['x=-5 cm', move('x', -0.05)],
    ['x = - 5 cm', move('x', -0.05)],
    ['x-=5 cm', move('x', -0.05)],
    ['x: -5 cm', move('x', -0.05)],
    ['move x -5 cm', move('x', -0.05)],
    ['move x \u20135 cm', move('x', -0.05)],
    ['move x \u20145 cm', move('x', -0.05)],
    ['move x \u22125 cm', move('x', -0.05)],
    ['move x \u20115 cm', move('x', -0.05)],
    ['move x \uff0d\uff15 cm', move('x', -0.05)],
    ['move x (-5 cm)', move('x', -0.05)],
    ['move x-5 cm', move('x', -0.05)],
    ['move x -.5 cm', move('x', -0.005)],
    ['move x -\u00bd inch', move('x', -INCH_M / 2)],
    ['move -y 5 cm', move('y', -0.05)],
    ['-z two inches', move('z', -2 * INCH_M)],
    ['move x -five cm', move('x', -0.05)],
    ['move x-five cm', move('x', -0.05)],
    ['move x \u2013 five cm', move('x', -0.05)],
    ['move x-one cm', move('x', -0.01)],
    ['yaw:-5 degrees', { kind: 'rotate', axis: 'z', radians: expect.closeTo(-5 * DEGREE_RAD, 12) }],
    ['roll = -five degrees', { kind: 'rotate', axis: 'x', radians: expect.closeTo(-5 * DEGREE_RAD, 12) }],
  ])('"%s"', (text, intent) => {
    expect(language.interpret(text)).toEqual(intent);
  });

  it('and a plus sign, an equals sign, a hyphen in a number, a pause or quotation marks leave it as it is', () => {
    for (const text of ['x=5 cm', 'x = +5 cm', 'x: 5 cm', '+x 5 cm', 'move x 5-cm', '"move x 5 cm"'])
      expect(language.interpret(text), text).toEqual(move('x', 0.05));
    for (const text of ['left twenty-five mm', 'left twenty\u2010five mm', 'left two-point-five cm'])
      expect(language.interpret(text), text).toEqual(move('y', 0.025));
    expect(language.interpret('no \u2014 the blue one')).toMatchObject({ kind: 'instruct', text: 'the blue one' });
  });
});

describe('a sign that is not understood makes a sentence unknown', () => {
  it.each([
    'move left -5 cm',
    'move left \u2013 5 cm',
    '-left 5 cm',
    'move x \u00b15 cm',
    'move x ~5 cm',
    'move x \u00af5 cm',
    'move x _5 cm',
    'move x *5 cm',
    'move x #5 cm',
    'x!=5 cm',
    'x==5 cm',
    'x<5 cm',
    'move x \u27965 cm',
    'move x --5 cm',
    'rotate the wrist by -30 degrees',
    'speed -50 percent',
    'gripper -3 cm',
    'open the gripper to \u22123 cm',
    'move left 5 cm/s',
    'move left 5\u00b2 cm',
    'move left 10\u00b2 mm',
    'move left 1e-2 m',
    'pick up the red cube \ud83d\udeab',
  ])('"%s"', (text) => {
    expect(language.interpret(text)).toMatchObject({ kind: 'unknown' });
  });
});

describe('figures are never added up', () => {
  it.each([
    'move left 5-10 cm',
    'move left 5\u201310 cm',
    'move left 5 - 10 cm',
    'move left 5 10 cm',
    'move left 5, 10 cm',
    'move left five-ten cm',
    'move left five to ten cm',
    'open the gripper to 3-4 cm',
    'speed 50-60 percent',
    'speed fifty-sixty percent',
    'up 1.2.3 cm',
    'up 1. 5 cm',
    'up 1 000 mm',
    'up 1,000 mm',
    'speed 1,000 percent',
    'up 5\'10"',
    'up 5:30 cm',
    'up ..5 cm',
    'up 5..10 cm',
    'up 5 .5 cm',
    'up 5 0.5 cm',
    'up 2.5 1/2 cm',
    'up 2 3/2 cm',
    'up 1/2 3 cm',
    'up 1/2 1/2 cm',
    'up 2.5 and a half cm',
    'up two and five quarters inches',
    'up an inch and five quarters',
  ])('"%s" is unknown', (text) => {
    expect(language.interpret(text)).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['up 2 1/2 cm', 0.025],
    ['up 2\u00bd cm', 0.025],
    ['up 1\u2156 inches', 1.4 * INCH_M],
    ['up \u2156 inch', 0.4 * INCH_M],
    ['up 2 and a half cm', 0.025],
    ['up five quarters of an inch', 1.25 * INCH_M],
    ['up .5 cm', 0.005],
    ['up 0,125 cm', 0.00125],
    ['up 5\u2033', 5 * INCH_M],
  ])('"%s" is %f m', (text, metres) => {
    expect(language.interpret(text)).toEqual(move('z', metres));
  });
});

describe('wordsIn', () => {
  it('separates words at every separator, and finds the same words in its result again', () => {
    for (const joined of [
      'red\tcube',
      'red\u00a0cube',
      'red\ncube',
      'red-cube',
      'red_cube',
      'red/cube',
      'red\u2013cube',
    ])
      expect(wordsIn(joined), joined).toEqual(['red', 'cube']);
    const part = fc.constantFrom(
      ...'x - -- \u2013 5 .5 1/2 1.2.3 10\u00b2 " \' = + / _ # five one left cm don\u00b4t ..'.split(' '),
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(part).map((all) => all.join('')),
        ),
        (text) => {
          const words = wordsIn(text);
          expect(wordsIn(words.join(' '))).toEqual(words);
        },
      ),
      { numRuns: 500 },
    );
  });
});
