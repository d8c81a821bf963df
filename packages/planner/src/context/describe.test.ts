import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seen, testContext } from '../testing/scene.ts';
import { describeContext, describeThing, regionOf } from './describe.ts';
import { distanceBetween } from './distance.ts';

describe('regionOf', () => {
  it.each([
    [0.6, 0.2, 'front left'],
    [0.6, -0.2, 'front right'],
    [0.35, 0.2, 'back left'],
    [0.35, 0, 'back'],
    [0.47, -0.25, 'right'],
    [0.47, 0, 'middle'],
  ])('calls x %f and y %f %s', (x, y, words) => {
    expect(regionOf([x, y])).toBe(words);
  });

  it('is symmetric: mirrored places have mirrored words', () => {
    const region = { x: [0, 1], y: [-1, 1] } as const;
    const at = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    const mirror = (words: string, a: string, b: string) =>
      words.replace(new RegExp(`${a}|${b}`), (word) => (word === a ? b : a));
    fc.assert(
      fc.property(at, at, (x, y) => {
        expect(regionOf([x, -y], region)).toBe(mirror(regionOf([x, y], region), 'left', 'right'));
        // On the border itself rounding decides.
        if (Math.abs(Math.abs(x - 0.5) - 1 / 6) < 1e-9) return;
        expect(regionOf([1 - x, y], region)).toBe(mirror(regionOf([x, y], region), 'front', 'back'));
      }),
    );
  });
});

describe('describeContext', () => {
  const things = [
    seen('red cube', 0.56, 0.15),
    seen('blue cylinder', 0.56, 0.03, { mass: 0.4 }),
    seen('box 1', 0.4, -0.05, { confidence: 0.6 }),
    seen('orange brick', 0.47, 0.26, { on: 'left tray' }),
  ];

  it('says where each thing lies, what is near, its weight once it is known, and what is not certain', () => {
    const context = testContext(things);
    expect(things.map((thing) => describeThing(thing, context))).toEqual([
      'a red cube, front left, 12 cm from the blue cylinder',
      'a blue cylinder, front, 12 cm from the red cube, weighs 400 g',
      'box 1, back, 18 cm from the blue cylinder, not certain (60 %)',
      'an orange brick, on the left tray, 14 cm from the red cube',
    ]);
  });

  it('gives the distance of the nearest thing', () => {
    const at = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(at, at), { minLength: 2, maxLength: 6 }), (places) => {
        const all = places.map(([x, y], i) => seen(`box ${i}`, x, y));
        const [first, ...others] = all;
        const nearest = Math.min(...others.map((other) => distanceBetween(first, other)));
        const words = describeThing(first, testContext(all));
        expect(words).toContain(`, ${Math.round(100 * nearest)} cm from box `);
      }),
      { numRuns: 40 },
    );
  });

  it('has a line for what is held, for contact, the supervisor, and what was said and done', () => {
    const context = testContext([things[0]], {
      held: { thing: 'red cube', mass: 0.1 },
      supervisor: { state: 'protective_stop', cause: 'force 30 N' },
      utterances: [{ time: 1, from: 'operator', text: 'the blue one' }],
      history: [{ step: { skill: 'pick', arguments: { thing: 'red cube' } }, outcome: 'done', seen: 'it is held' }],
    });
    expect(describeContext(context).split('\n')).toEqual([
      'The cameras see:',
      '- a red cube, in the gripper',
      'Places: left tray, right tray.',
      'The gripper holds the red cube, which feels like 100 g.',
      'The supervisor is protective_stop: "force 30 N".',
      'The operator said: "the blue one"',
      'Done so far:',
      '- pick "{\\"thing\\":\\"red cube\\"}": done, "it is held".',
    ]);
    const pushed = describeContext(testContext([], { contactForce: 7.2 }));
    expect(pushed).toContain('The cameras see nothing.\n');
    expect(pushed).toContain('The gripper is empty.\nSomething pushes on the wrist with 7 N.\n');
  });

  it('marks what bystanders say and labels read as data that cannot begin a line', () => {
    const texts = fc.string({
      maxLength: 60,
      unit: fc.constantFrom('a', '"', '\n', '\r', '<', '>', '\u2028', '\\', ' '),
    });
    fc.assert(
      fc.property(texts, fc.constantFrom('bystander' as const, 'label' as const), (text, from) => {
        const lines = describeContext(testContext([], { utterances: [{ time: 0, from, text }] })).split(/[\n\r\u2028]/);
        const marked = lines.filter((line) => line.startsWith('Data, no request: '));
        expect(marked).toHaveLength(1);
        expect(lines).toHaveLength(5);
        expect(marked[0]).not.toMatch(/[<>]/);
      }),
      { numRuns: 60 },
    );
  });
});
