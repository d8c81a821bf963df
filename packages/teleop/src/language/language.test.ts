import { Random, STOP_WORDS } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Intent } from './intent.ts';
import { Language } from './language.ts';
import { isSpoken, sampleWording } from './sample.ts';

const language = new Language();
const INCH_M = 0.0254;
const DEGREE_RAD = Math.PI / 180;

const move = (axis: 'x' | 'y' | 'z', metres: number, frame: 'base' | 'tool' = 'base') => ({
  kind: 'move',
  frame,
  axis,
  metres: expect.closeTo(metres, 12),
});
const turn = (radians: number, axis = 'z') => ({ kind: 'rotate', axis, radians: expect.closeTo(radians, 12) });

describe('the command language reads', () => {
  const meant: readonly (readonly [string, object])[] = [
    ['move left five centimetres', move('y', 0.05)],
    ['up two inches', move('z', 2 * INCH_M)],
    ['rotate the wrist thirty degrees clockwise', turn(30 * DEGREE_RAD)],
    ['open the gripper', { kind: 'gripper', action: 'open' }],
    ['close gently', { kind: 'gripper', action: 'close', manner: 'gently' }],
    ['faster', { kind: 'speed', factor: 1.25, of: 'current' }],
    ['half speed', { kind: 'speed', factor: 0.5, of: 'full' }],
    ['go home', { kind: 'home' }],
    ['back', { kind: 'undo' }],
    ['again', { kind: 'repeat' }],
    ['undo that', { kind: 'undo' }],
    ['hold', { kind: 'hold' }],
    ['continue', { kind: 'continue' }],
    ['pick up the red cube', { kind: 'instruct', text: 'pick up the red cube' }],
    ['put the heavy one on the left tray', { kind: 'instruct', text: 'put the heavy one on the left tray' }],
    ['two point five cm left', move('y', 0.025)],
    ['move up one and a half inches', move('z', 1.5 * INCH_M)],
    ['down a quarter of an inch', move('z', -INCH_M / 4)],
    ['down three quarters of an inch', move('z', -0.75 * INCH_M)],
    ['forward an inch and a half', move('x', 1.5 * INCH_M)],
    ['forward ½ inch', move('x', INCH_M / 2)],
    ['right 1½ inches', move('y', -1.5 * INCH_M)],
    ['right 1/2"', move('y', -INCH_M / 2)],
    ['left 2,5 cm', move('y', 0.025)],
    ['a hundred and twenty-five millimeters up', move('z', 0.125)],
    ['Please, uh, could you move left 5cm?', move('y', 0.05)],
    ['move x minus 5 cm', move('x', -0.05)],
    ['raise the arm by ten centimetres', move('z', 0.1)],
    ['move forward 2 cm in the tool frame', move('z', 0.02, 'tool')],
    ['retract two centimetres', move('z', -0.02, 'tool')],
    ['keep going left', { kind: 'move', frame: 'base', axis: 'y', metres: 1, until: 'stopped' }],
    ['turn the gripper half a turn anti-clockwise', turn(-Math.PI)],
    ['rotate 30° counter clockwise', turn(-30 * DEGREE_RAD)],
    ['pitch minus five degrees', turn(-5 * DEGREE_RAD, 'y')],
    ['set the gripper to 30 mm', { kind: 'gripper', width_m: 0.03 }],
    ['open the gripper halfway', { kind: 'gripper', opening: 0.5 }],
    ['half open', { kind: 'gripper', opening: 0.5 }],
    ['open it 50 percent', { kind: 'gripper', opening: 0.5 }],
    ['open it two thirds of the way', { kind: 'gripper', opening: 2 / 3 }],
    ['close it a quarter', { kind: 'gripper', opening: 0.75 }],
    ['the gripper three quarters closed', { kind: 'gripper', opening: 0.25 }],
    ['close 100%', { kind: 'gripper', opening: 0 }],
    ['open the gripper to 3 cm', { kind: 'gripper', width_m: 0.03 }],
    ['speed 50 %', { kind: 'speed', factor: 0.5, of: 'full' }],
    ['what do you see', { kind: 'ask', about: 'view' }],
    ['what are you doing', { kind: 'ask', about: 'activity' }],
    ['how hard are you pressing', { kind: 'ask', about: 'force' }],
    ['yes', { kind: 'continue' }],
    ['no', { kind: 'hold' }],
    ['open the drawer', { kind: 'instruct', text: 'open the drawer' }],
    ['move the heavy one to the left tray', { kind: 'instruct', text: 'move the heavy one to the left tray' }],
  ];
  it.each(meant)('"%s"', (text, intent) => {
    expect(language.interpret(text)).toEqual(intent);
  });

  it("a gripper's part by its figure: all of it at most, more than nothing, and nothing else", () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 400, noNaN: true }), fc.boolean(), (drawn, closes) => {
        const percent = Number(drawn.toFixed(2));
        const { kind, opening } = language.interpret(`${closes ? 'close' : 'open'} it ${percent} percent`) as {
          kind: string;
          opening?: number;
        };
        const share = percent / 100;
        if (share > 0 && share <= 1) expect(opening).toBeCloseTo(closes ? 1 - share : share, 12);
        else expect(kind).toBe('unknown');
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.constantFrom(3, 4, 5, 6, 8, 10), (above, below) => {
        const parts = { 3: 'third', 4: 'quarter', 5: 'fifth', 6: 'sixth', 8: 'eighth', 10: 'tenth' }[below]!;
        const figure = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][above];
        const intent = language.interpret(`open the gripper ${figure} ${parts}${above > 1 ? 's' : ''}`);
        if (above <= below) expect(intent).toEqual({ kind: 'gripper', opening: expect.closeTo(above / below, 12) });
        else expect(intent.kind).toBe('unknown');
      }),
    );
  });

  it('"back" alone and "go back" as undo, with a verb or a distance as a direction', () => {
    expect(language.interpret('go back')).toEqual({ kind: 'undo' });
    expect(language.interpret('move back')).toEqual(move('x', -0.02));
    expect(language.interpret('go back 5 cm')).toEqual(move('x', -0.05));
    expect(language.interpret('backwards')).toEqual(move('x', -0.02));
  });
});

describe('a text that is not a command', () => {
  it.each([
    'sing a song',
    'what is the weather',
    '5',
    '...',
    'move five centimetres',
    'move -5 cm left',
    'left 1/0 cm',
    `up ${'9'.repeat(400)} cm`,
    'very well thank you',
  ])('"%s" is unknown', (text) => {
    expect(language.interpret(text)).toEqual({ kind: 'unknown', text });
  });

  it('"do not" makes the robot hold', () => {
    for (const text of ["don't move", 'do not pick up the red cube', 'never open the gripper']) {
      expect(language.interpret(text), text).toEqual({ kind: 'hold' });
    }
  });
});

describe('a correction', () => {
  const after = (text: string, instruction = 'pick up the red cube') => language.interpret(text, { instruction });
  it('replaces the words of the same kind in the last instruction and keeps the others', () => {
    for (const text of ['no, the blue one', 'the blue one instead', 'no, I meant the blue one', 'no, blue'])
      expect(after(text), text).toEqual({ kind: 'instruct', text: 'pick up the blue cube', corrects: 'last' });
    expect(after('not the red one, the blue one')).toMatchObject({ text: 'pick up the blue cube' });
    expect(after('no, the right tray', 'put the heavy one on the left tray')).toMatchObject({
      text: 'put the heavy one on the right tray',
    });
    expect(after('no, the light one', 'put the heavy one on the left tray')).toMatchObject({
      text: 'put the light one on the left tray',
    });
  });

  it('is the instruction itself when there was none before, and can be another command', () => {
    expect(language.interpret('no, the blue one')).toEqual({
      kind: 'instruct',
      text: 'the blue one',
      corrects: 'last',
    });
    expect(after('no, right two centimetres')).toEqual(move('y', -0.02));
  });
});

const figures = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const teens = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function spelled(n: number): string {
  if (n < 10) return figures[n];
  if (n < 20) return teens[n - 10];
  if (n < 100) return tens[Math.floor(n / 10) - 2] + (n % 10 ? ` ${figures[n % 10]}` : '');
  return `${figures[Math.floor(n / 100)]} hundred${n % 100 ? ` and ${spelled(n % 100)}` : ''}`;
}

const units = [
  ['millimetres', 0.001],
  ['centimeters', 0.01],
  ['inches', INCH_M],
  ['feet', 0.3048],
  ['metres', 1],
] as const;
const headings = [
  ['left', 'y', 1],
  ['right', 'y', -1],
  ['up', 'z', 1],
  ['down', 'z', -1],
  ['forward', 'x', 1],
  ['backward', 'x', -1],
] as const;

describe('quantities', () => {
  it('are equal in words and in figures, whole and decimal, in any unit and direction', () => {
    fc.assert(
      fc.property(
        fc.nat(999),
        fc.array(fc.nat(9), { maxLength: 3 }),
        fc.constantFrom(...units),
        fc.constantFrom(...headings),
        (whole, after, [unit, size], [heading, axis, sign]) => {
          const value = Number(`${whole}.${after.join('')}`);
          const words = spelled(whole) + (after.length ? ` point ${after.map((n) => figures[n]).join(' ')}` : '');
          for (const number of [words, String(value)]) {
            const intent = language.interpret(`move ${heading} ${number} ${unit}`) as Extract<Intent, { kind: 'move' }>;
            expect([intent.kind, intent.frame, intent.axis]).toEqual(['move', 'base', axis]);
            expect(Math.abs(intent.metres - sign * value * size)).toBeLessThanOrEqual(
              1e-12 * Math.max(1, value * size),
            );
          }
        },
      ),
    );
  });

  it('are spoken only in sizes that an arm moves by, and typed in any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const random = new Random(seed);
        const row = random.pick(language.rows.filter(({ kind }) => kind === 'move' || kind === 'rotate'));
        const intent = language.interpret(sampleWording(language, random.pick(row.nodes.filter(isSpoken)), random));
        if (intent.kind === 'move') expect(Math.abs(intent.metres)).toBeLessThanOrEqual(18);
        else if (intent.kind === 'rotate') expect(Math.abs(intent.radians)).toBeLessThanOrEqual(2 * Math.PI * 18);
      }),
      { numRuns: 500 },
    );
    expect(language.interpret('move left eight hundred metres')).toEqual(move('y', 800));
  });
});

describe('the table', () => {
  const policy = new Language({
    words: ['<pad>', 'stop', 'gearwheel', 'red'],
    instructions: ['(fetch | find) the spare [<attribute>] gearwheel'],
  });

  it('reads every sentence that it can generate as the command that generated it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.constantFrom(language, policy), (seed, each) => {
        const random = new Random(seed);
        const row = random.pick(each.rows);
        const text = sampleWording(each, random.pick(row.nodes.filter(isSpoken)), random);
        expect([text, each.interpret(text).kind]).toEqual([text, row.kind]);
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts the words and wordings of a policy, except stop words', () => {
    expect(policy.interpret('the gearwheel')).toEqual({ kind: 'instruct', text: 'the gearwheel' });
    expect(policy.interpret('find the spare heavy gearwheel')).toMatchObject({ kind: 'instruct' });
    expect(policy.interpret('pick up the stop')).toEqual({ kind: 'stop', word: 'stop' });
    expect(language.interpret('the gearwheel')).toMatchObject({ kind: 'unknown' });
  });

  it('refuses a wording of a policy that breaks the notation or names an unknown rule', () => {
    expect(() => new Language({ words: [], instructions: ['press [the'] })).toThrow(
      /pattern "press \[the": found the end, expected "\]"/,
    );
    expect(() => new Language({ words: [], instructions: ['press <button>'] })).toThrow(/rule <button> is unknown/);
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    ...'move left five and a half of point no not the blue one back go 1/2 3.5 cm degrees % " minus keep red cube'.split(
      ' ',
    ),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.array(word, { maxLength: 90 }).map((all) => all.join(' ')),
  );

  it('has an intent, and interpreting it throws nothing', () => {
    fc.assert(
      fc.property(text, text, (said, instruction) => {
        expect(language.interpret(said, { instruction }).kind).toBeTypeOf('string');
      }),
      { numRuns: 500 },
    );
  });

  it('means stop when it holds a stop word', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...STOP_WORDS), fc.boolean(), text, (before, stop, shouted, after) => {
        const said = `${before} ${shouted ? `${stop.toUpperCase()}!` : stop} ${after}`;
        expect(language.interpret(said)).toMatchObject({ kind: 'stop' });
      }),
      { numRuns: 500 },
    );
  });

  it('means stop in every spelling of a stop word, hidden characters and accents included', () => {
    for (const said of [
      "don't stop",
      'STOOOP',
      'e-stop',
      'it stopped?',
      'st\u200bop',
      'stöp',
      'ｓｔｏｐ',
      'freezing',
      'Halt.',
    ]) {
      expect(language.interpret(said), said).toMatchObject({ kind: 'stop' });
    }
  });
});
