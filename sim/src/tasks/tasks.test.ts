import { describe, expect, it } from 'vitest';
import { fillPatterns, type WordingSet } from '../wordings/wordings.ts';
import { drawer } from './drawer/drawer.ts';
import { insert } from './insert/insert.ts';
import { interrupt } from './interrupt/interrupt.ts';
import { pick } from './pick.ts';
import { press } from './press/press.ts';
import { sort } from './sort.ts';
import type { TaskInstance } from './task.ts';
import { wipe } from './wipe/wipe.ts';

const SETS: readonly WordingSet[] = ['train', 'validation', 'report'];
const wordsOf = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
const plain = (text: string) => wordsOf(text).join(' ');
const sceneOf = ({ objects, parts = [] }: TaskInstance) => ({ objects, parts });

describe.each([pick, sort, press, drawer, insert, wipe, interrupt])('$name', (task) => {
  const texts = (set: WordingSet) => task.goals(set).flatMap((goal) => goal.texts);

  it('has three disjoint sets of wordings, also without case and punctuation', () => {
    const sets = SETS.map((set) => texts(set).map(plain));
    const all = sets.flatMap((set) => [...new Set(set)]);
    expect(new Set(all).size).toBe(all.length);
    for (const set of sets) expect(set.length).toBeGreaterThan(0);
  });

  it('uses only words of the training set in its other sets', () => {
    const trainingWords = new Set(texts('train').flatMap(wordsOf));
    for (const set of SETS) for (const word of texts(set).flatMap(wordsOf)) expect(trainingWords).toContain(word);
  });

  it('has the same goals in every set, each once', () => {
    const keys = SETS.map((set) => task.goals(set).map(({ key }) => key));
    expect(keys[1]).toEqual(keys[0]);
    expect(keys[2]).toEqual(keys[0]);
    expect(new Set(keys[0]).size).toBe(keys[0].length);
  });

  it('draws scene, goal and instruction as a function of the seed', () => {
    for (const seed of [0, 1, 2_000_000, 2 ** 31 - 1]) {
      const draw = () => {
        const instance = task.draw({ seed, wordings: 'report', swap: false });
        const { named, goal, instruction } = instance;
        return { ...sceneOf(instance), named, goal, instruction };
      };
      expect(draw()).toEqual(draw());
      expect(draw()).not.toMatchObject(sceneOf(task.draw({ seed: seed ^ 1, wordings: 'report', swap: false })));
    }
  });

  it('draws the same scene for every set of wordings and for every named object', () => {
    for (let seed = 0; seed < 50; seed++) {
      const scenes = SETS.flatMap((wordings) =>
        [false, true].map((swap) => sceneOf(task.draw({ seed, wordings, swap }))),
      );
      for (const scene of scenes) expect(scene).toEqual(scenes[0]);
    }
  });

  it('draws the instruction from the wordings of its goal in the given set', () => {
    for (const wordings of SETS) {
      const goals = new Map(task.goals(wordings).map(({ key, texts }) => [key, texts]));
      for (let seed = 0; seed < 200; seed++) {
        const { goal, instruction } = task.draw({ seed, wordings, swap: seed % 2 === 1 });
        expect(goals.get(goal.key)).toContain(instruction);
      }
    }
  });

  it('names another object when swapped', () => {
    for (let seed = 0; seed < 200; seed++) {
      const [own, other] = [false, true].map((swap) => task.draw({ seed, wordings: 'train', swap }));
      expect(other.goal.key).not.toBe(own.goal.key);
      expect(other.instruction).not.toBe(own.instruction);
    }
  });

  it('draws exactly the goals that it lists', () => {
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

  it('places every object at rest on the table and within reach', () => {
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

it.each([press, drawer])('the parts of $name stand on the table, within reach', (task) => {
  for (let seed = 0; seed < 300; seed++) {
    const { parts = [], named } = task.draw({ seed, wordings: 'train', swap: false });
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(named.map(({ object }) => object)));
    for (const { pose, shapes } of parts) {
      const [x, y, z, ...q] = pose;
      expect(Math.hypot(...q)).toBeCloseTo(1, 12);
      expect(x > 0.3 && x < 0.65 && Math.abs(y) < 0.4).toBe(true);
      for (const { geometry, pose: [, , up] = [0, 0, 0] } of shapes) {
        const height = geometry.type === 'box' ? geometry.size[2] : geometry.type === 'cylinder' ? geometry.length : 0;
        expect(z + up - height / 2).toBeGreaterThan(-1e-12);
      }
    }
  }
});

it('fillPatterns refuses a pattern with an unknown slot', () => {
  expect(fillPatterns(['the {a} {b}'], { a: 'red', b: 'cube' })).toEqual(['the red cube']);
  expect(() => fillPatterns(['the {c} one'], { a: 'red' })).toThrow('wording "the {c} one" has an unknown slot {c}');
});
