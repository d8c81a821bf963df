import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneLetterOff } from '../rules/spelling.ts';
import { seen, testContext } from '../testing/scene.ts';
import { InstructionReader } from './instruction-reader.ts';
import { WORD_PRIOR } from './word-prior.ts';
import { contentWords, isKnownToReading } from './words.ts';

const TASKS = ['pick', 'press', 'drawer', 'wipe', 'insert', 'sort'];
const reader = new InstructionReader({ tasks: TASKS });
const context = testContext([
  seen('red cube', 0.42, 0.15),
  seen('blue cube', 0.5, -0.1),
  seen('green cylinder', 0.54, 0.03),
  seen('red brick', 0.6, -0.2),
]);
const textOf = (text: string, scene = {}): string => {
  const reading = reader.read(text, scene);
  if (reading.kind === 'question') return `? ${reading.question}`;
  if (reading.kind === 'refusal') return `! ${reading.reason}`;
  return reading.text;
};

describe('an instruction is read by its words', () => {
  it.each([
    ['not the red button, the green one', 'press the green button'],
    ["don't press the red button, press the green button", 'press the green button'],
    ['press the green button not the red one', 'press the green button'],
    ['the red button, do not press it, press the green one', 'press the green button'],
    ['the red button is not the one, press the green one', 'press the green button'],
    ['I would rather have the red button than the blue one', 'press the red button'],
    ['leave the red drawer and open the blue one', 'open the blue drawer'],
    ['the red drawer is forbidden, open the blue one', 'open the blue drawer'],
    ['open the blue drawer, the red drawer can wait', 'open the blue drawer'],
    ['forget the red drawer, the yellow drawer or the green drawer, open the blue drawer', 'open the blue drawer'],
    ['wipe the green patch firmly instead of the red patch', 'wipe the green patch firmly'],
    ['put the peg into the red socket rather than the blue socket', 'put the peg into the red socket'],
    [
      'do not put the light box on the left tray, put the heavy box on the left tray',
      'put the heavy box on the left tray',
    ],
    ['the one that weighs more goes on the left tray', 'put the heavy box on the left tray'],
    ['swap the red cube for the blue cube', 'pick up the blue cube'],
    ['between the red cube and the blue cube take the red cube', 'pick up the red cube'],
    ['pick up the crimson dice', 'pick up the red cube'],
    ['pick up the red cueb', 'pick up the red cube'],
    ['if it is not too much trouble, please press the red button', 'press the red button'],
    ['press the red button until it clicks', 'press the red button'],
  ])('%s: %s', (text, plain) => expect(textOf(text)).toBe(plain));

  it('takes the kind from what was meant before', () => {
    const scene = { previous: { kind: 'button', colour: 'red' } };
    expect(textOf('not that one, the blue one', scene)).toBe('press the blue button');
  });

  it.each([
    ['put the red cube on the left tray'],
    ['press the plaid button'],
    ['fetch the banana'],
    ['softer please'],
    ['push the red button when I say go'],
    [''],
  ])('"%s" stays as it is', (text) => expect(reader.read(text)).toEqual({ kind: 'as it is', text }));
});

describe('what is not to be done never reaches the policy', () => {
  it.each([
    ["don't press the red button", /says what not to do, and nothing to do/],
    ['do not forget the red button', /denies twice/],
    ['close the red drawer, not the green one', /^! I cannot close a drawer/],
    ['smash the red cube, not the blue one', /^! I cannot smash a cube/],
    ['take the banana, not the red cube', /^! I don't know banana/],
    ['press the red button unless the light is on', /"unless" is a condition/],
    ['when I say go press the red button, not the green one', /"when" is a condition/],
    ['not the red button, the green button, the blue button', /^\? Which one do you mean/],
    ['pick up the red cube and the blue cube', /^\? Which one do you mean: red cube or blue cube\?/],
    ['the red button bites, press the green one', /^\? Which one do you mean/],
    ['wipe the red patch, not the green one', /^\? How: gently or firmly\?/],
    ['take the red cube, not the red cube', /^\? Do you mean the red cube or not\?/],
  ])('%s', (text, answer) => expect(textOf(text)).toMatch(answer));

  it('whatever is around the prohibition', () => {
    const words = fc.array(
      fc.constantFrom('the', 'red', 'blue', 'cube', 'button', 'press', 'take', 'and', ',', 'one', 'please', 'banana'),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(words, words, fc.constantFrom('do not', 'never', 'without', 'leave', 'anything but'), (a, b, cue) => {
        const { kind } = reader.read([...a, cue, ...b].join(' '), { context });
        expect(kind).not.toBe('as it is');
      }),
      { numRuns: 300 },
    );
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => void reader.read(text, { context })),
      { numRuns: 300 },
    );
  });
});

describe('what only the cameras tell', () => {
  it.each([
    ['take the leftmost thing', 'pick up the red cube'],
    ['pick up the third thing from the left', 'pick up the blue cube'],
    ['the cube that is not red', 'pick up the blue cube'],
    ['anything but the red cube, the blue cube and the red brick', 'pick up the green cylinder'],
    ['hand me whatever is behind the red cube', 'pick up the green cylinder'],
    ['take the thing to the left of the green cylinder', 'pick up the red cube'],
    ['lift the one furthest from you', 'pick up the red brick'],
    ['pick up the object with the least distance from the red cube', 'pick up the green cylinder'],
    ['take the red thing, not the brick', 'pick up the red cube'],
    ['take the yellow cube, not the red cube', '! I see no yellow cube'],
    ['pick up the yellow cube', '! I see no yellow cube'],
    ['take the one next to the yellow cube', '! I see no yellow cube'],
    ['press the leftmost button', '! I see no such button'],
    ['press anything but the red button', '! I see no such thing'],
    ['take everything except the red cube', '? Which one do you mean: blue cube, green cylinder or red brick?'],
  ])('%s: %s', (text, plain) => expect(textOf(text, { context })).toBe(plain));

  it('is refused without them', () => {
    expect(textOf('take the leftmost thing')).toMatch(/^! no camera tells me/);
  });

  it('counts words that the pictures leave open as there', () => {
    const unsure = testContext([seen('red cube', 0.4, 0.1, { alternatives: ['brick'] })]);
    expect(textOf('pick up the red brick', { context: unsure })).toBe('pick up the red brick');
  });
});

it('asks a policy for nothing that it was not trained for', () => {
  const pick = new InstructionReader({ tasks: ['pick'] });
  expect(pick.read('not the red button, the green button').kind).toBe('refusal');
  expect(pick.read('press the green button').kind).toBe('as it is');
});

describe('a word that nobody knows', () => {
  it.each([
    ['pick up the carmine cube', '? By "carmine", do you mean red?', 'pick up the red cube'],
    ['open the cerulean drawer please', '? By "cerulean", do you mean blue?', 'open the blue drawer'],
    ['scrub the red patch gently', '? By "scrub", do you mean wipe?', 'wipe the red patch gently'],
    ['not the red cube, the mauve one', '? By "mauve", do you mean purple?', 'pick up the purple cube'],
  ])('%s: is asked about, and "yes" takes what was asked', (text, question, plain) => {
    expect(textOf(text)).toBe(question);
    const reading = reader.read(text);
    const offered = reading.kind === 'question' ? reading.ifYes : undefined;
    expect(textOf('Yes, please.', { offered })).toBe(plain);
  });

  it.each([
    'pick up the red giraffe',
    'unplug the red socket',
    'sing the red cube',
    'copy the red cube',
    'the carmine cerise cube',
  ])('%s: is not guessed, where the command would make no sense or two words are unknown', (text) =>
    expect(reader.read(text)).toEqual({ kind: 'as it is', text }),
  );

  it('is never acted on without an answer, and "yes" without a question is an instruction like any other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(WORD_PRIOR).flatMap((group) => Object.values(group))), (words) => {
        for (const word of words.split(' ')) {
          // Some are known as other words, or are one letter away from one, which is a typing error.
          if (isKnownToReading(word) || contentWords().some((known) => isOneLetterOff(word, known))) continue;
          const { kind } = reader.read(`pick up the ${word} cube`);
          expect(kind, word).not.toBe('meant');
        }
      }),
    );
    expect(reader.read('yes')).toEqual({ kind: 'as it is', text: 'yes' });
    expect(reader.read('yes, the blue one', { offered: 'pick up the red cube' })).not.toMatchObject({
      text: 'pick up the red cube',
    });
  });
});
