import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContext } from './parse-context.ts';

const cube = { name: 'red cube', position: [0.4, 0.1, 0.02] };

describe('parseContext', () => {
  it('needs names and positions of the things only', () => {
    expect(parseContext({ things: [cube, { ...cube, name: 'box 2', confidence: 0.5 }] }, 'a.json')).toMatchObject({
      things: [
        { name: 'red cube', words: ['red', 'cube'], confidence: 1 },
        { name: 'box 2', words: ['box'], confidence: 0.5 },
      ],
      places: [],
      supervisor: { state: 'running' },
      utterances: [],
      history: [],
    });
  });

  it.each([
    [[], /^a\.json: the file is not valid/],
    [{}, /^a\.json: things is not valid/],
    [{ things: [{ name: 'red cube' }] }, /^a\.json: things\.0\.position is not valid/],
    [{ things: [{ ...cube, position: [1, 2, Number.NaN] }] }, /things\.0\.position\.2/],
    [{ things: [cube], people: 3 }, /people/],
    [{ things: [cube, cube] }, /^a\.json: "red cube" is there twice/],
    [{ things: [cube], utterances: [{ from: 'camera', text: 'x' }] }, /utterances\.0\.from/],
  ])('rejects %j in one line', (value, message) => {
    expect(() => parseContext(value, 'a.json')).toThrow(message);
    expect(() => parseContext(value, 'a.json')).toThrow(InputError);
  });

  it('returns a context or throws an InputError for any value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          parseContext(value, 'a.json');
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).not.toContain('\n');
        }
      }),
    );
  });
});
