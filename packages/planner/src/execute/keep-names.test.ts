import { describe, expect, it } from 'vitest';
import type { SeenThing } from '../context/context.ts';
import { keepNames } from './keep-names.ts';

const thing = (name: string, x: number, y: number, words = name.split(' ').slice(0, 2)): SeenThing => ({
  ...{ name, words, confidence: 0.9 },
  position: [x, y, 0.02],
});
const namesOf = (before: readonly SeenThing[], now: readonly SeenThing[], held?: string) =>
  keepNames(before, now, held).map(({ name, words }) => [name, words.join(' ')]);

describe('a thing of new pictures', () => {
  const before = [thing('red cube', 0.4, 0.1), thing('green brick', 0.5, -0.1)];

  it('keeps its name at its place, however it looks now', () => {
    const now = [thing('red cylinder', 0.42, 0.11), thing('green brick', 0.5, -0.1)];
    expect(namesOf(before, now)).toEqual([
      ['red cube', 'red cylinder'],
      ['green brick', 'green brick'],
    ]);
  });

  it('that looks like a known one elsewhere does not take its name while that one is there', () => {
    const now = [thing('green brick 1', 0.41, 0.1), thing('green brick 2', 0.5, -0.1)];
    expect(namesOf(before, now).map(([name]) => name)).toEqual(['red cube', 'green brick']);
  });

  it('that was moved keeps its name by its looks, and a new one gets its own', () => {
    const now = [thing('red cube', 0.6, 0.1), thing('green brick', 0.5, -0.1), thing('blue cube', 0.4, 0.2)];
    expect(namesOf(before, now).map(([name]) => name)).toEqual(['red cube', 'green brick', 'blue cube']);
  });

  it('at the old place of the one in the fingers is another one', () => {
    const now = [thing('red cylinder', 0.4, 0.1), thing('green brick', 0.5, -0.1)];
    expect(namesOf(before, now, 'red cube').map(([name]) => name)).toEqual(['red cylinder', 'green brick']);
  });

  it('of a kind keeps its number when the other one of that kind is moved', () => {
    const alike = [thing('red cube 1', 0.4, 0.1), thing('red cube 2', 0.5, -0.1)];
    const now = [thing('red cube 1', 0.5, -0.1), thing('red cube 2', 0.6, -0.25)];
    expect(namesOf(alike, now).map(([name]) => name)).toEqual(['red cube 2', 'red cube 1']);
  });
});
