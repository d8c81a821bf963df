import { describe, expect, it } from 'vitest';
import { findTask, TASK_NAMES, TASKS } from './index.ts';
import type { WordingSet } from './task.ts';
import { fillPatterns } from './wordings.ts';

const SETS: readonly WordingSet[] = ['train', 'validation', 'report'];
const wordsOf = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
const plain = (text: string) => wordsOf(text).join(' ');

describe.each(TASK_NAMES)('%s', (name) => {
  const task = TASKS[name];
  const texts = (set: WordingSet) => task.goals(set).flatMap((goal) => goal.texts);

  it('has three sets of wordings with no sentence in common, whatever the case and the commas', () => {
    const sets = SETS.map((set) => texts(set).map(plain));
    const all = sets.flatMap((set) => [...new Set(set)]);
    expect(new Set(all).size).toBe(all.length);
    for (const set of sets) expect(set.length).toBeGreaterThan(0);
  });

  it('uses no word in its other sets that training has not heard', () => {
    const trainingWords = new Set(texts('train').flatMap(wordsOf));
    for (const set of SETS) for (const word of texts(set).flatMap(wordsOf)) expect(trainingWords).toContain(word);
  });

  it('means the same goals in every set, each named once', () => {
    const keys = SETS.map((set) => task.goals(set).map(({ key }) => key));
    expect(keys[1]).toEqual(keys[0]);
    expect(keys[2]).toEqual(keys[0]);
    expect(new Set(keys[0]).size).toBe(keys[0].length);
  });

  it('is a function of the seed: the same scene, goal and words again', () => {
    for (const seed of [0, 1, 2_000_000, 2 ** 31 - 1]) {
      const draw = () => {
        const { objects, named, goal, instruction } = task.draw({ seed, wordings: 'report', swap: false });
        return { objects, named, goal, instruction };
      };
      expect(draw()).toEqual(draw());
      expect(draw().objects).not.toEqual(task.draw({ seed: seed ^ 1, wordings: 'report', swap: false }).objects);
    }
  });

  it('draws the same scene whatever the set of wordings and whichever thing is named', () => {
    for (let seed = 0; seed < 50; seed++) {
      const scenes = SETS.flatMap((wordings) =>
        [false, true].map((swap) => task.draw({ seed, wordings, swap }).objects),
      );
      for (const scene of scenes) expect(scene).toEqual(scenes[0]);
    }
  });

  it('says one of the wordings of its goal, out of the set that was asked for', () => {
    for (const wordings of SETS) {
      const goals = new Map(task.goals(wordings).map(({ key, texts }) => [key, texts]));
      for (let seed = 0; seed < 200; seed++) {
        const { goal, instruction } = task.draw({ seed, wordings, swap: seed % 2 === 1 });
        expect(goals.get(goal.key)).toContain(instruction);
      }
    }
  });

  it('names another thing when swapped', () => {
    for (let seed = 0; seed < 200; seed++) {
      const [own, other] = [false, true].map((swap) => task.draw({ seed, wordings: 'train', swap }));
      expect(other.goal.key).not.toBe(own.goal.key);
      expect(other.instruction).not.toBe(own.instruction);
    }
  });

  it('asks for every one of its goals, and for none that it does not list', () => {
    const drawn = new Set<string>();
    for (let seed = 0; seed < 1000; seed++) {
      drawn.add(task.draw({ seed, wordings: 'train', swap: false }).goal.key);
    }
    expect([...drawn].sort()).toEqual(
      task
        .goals('train')
        .map(({ key }) => key)
        .sort(),
    );
  });

  it('puts everything on the table, within reach, at rest on it', () => {
    for (let seed = 0; seed < 300; seed++) {
      for (const { pose, geometry, mass } of task.draw({ seed, wordings: 'train', swap: false }).objects) {
        const [x, y, z, ...q] = pose;
        const height = geometry.type === 'box' ? geometry.size[2] : geometry.type === 'cylinder' ? geometry.length : 0;
        expect(z).toBeCloseTo(height / 2, 12);
        expect(Math.hypot(...q)).toBeCloseTo(1, 12);
        expect(x > 0.3 && x < 0.65 && Math.abs(y) < 0.4).toBe(true);
        expect(mass).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

it('an unknown task is refused in one line that lists the known ones', () => {
  expect(() => findTask('juggle')).toThrow('unknown task "juggle": expected one of pick, sort');
  expect(() => findTask('toString')).toThrow(/unknown task "toString"/);
});

it('a pattern with a slot that the goal does not fill is refused', () => {
  expect(fillPatterns(['the {a} {b}'], { a: 'red', b: 'cube' })).toEqual(['the red cube']);
  expect(() => fillPatterns(['the {c} one'], { a: 'red' })).toThrow('wording "the {c} one" has an unknown slot {c}');
});
