import { describe, expect, it } from 'vitest';
import type { WordingSet } from '../../wordings/wordings.ts';
import type { TaskInstance } from '../task.ts';
import { stateOf } from '../testing/state.ts';
import { tidy } from './tidy.ts';
import { CLAUSE_WORDINGS, ELLIPSES, JOINTS } from './wordings.ts';

const SETS: readonly WordingSet[] = ['train', 'validation', 'report'];
const drawn = (seed: number, wordings: WordingSet = 'report', swap = false) => tidy.draw({ seed, wordings, swap });
const things = ({ objects }: TaskInstance) => objects.filter(({ mass }) => mass > 0);
const wordsOf = ({ named }: TaskInstance, object: string) => {
  const { colour, shape } = named.find((each) => each.object === object)!;
  return `${colour} ${shape}`;
};
const plain = (text: string) =>
  text
    .toLowerCase()
    .match(/[a-z{}_]+/g)!
    .join(' ');

/** A point on a tray, or on the table away from all things. */
const onTray = ({ places }: TaskInstance, side: string): [number, number, number] => {
  const { position } = places!.find(({ name }) => name === `${side} tray`)!;
  return [position[0], position[1], position[2] + 0.02];
};

describe('the scene of tidy', () => {
  it('is a function of the seed, the same for every set of wordings and for the exchanged trays', () => {
    for (let seed = 0; seed < 30; seed++) {
      const scenes = SETS.flatMap((set) => [drawn(seed, set), drawn(seed, set, true)]);
      for (const { objects } of scenes) expect(objects).toEqual(scenes[0].objects);
      expect(drawn(seed).instruction).toBe(drawn(seed).instruction);
      expect(new Set(SETS.map((set) => drawn(seed, set).instruction)).size).toBe(3);
      expect(drawn(seed, 'train', true).goal.key).not.toBe(drawn(seed).goal.key);
    }
  });

  it('has four to six things within reach, clear of each other and of the trays', () => {
    for (let seed = 0; seed < 150; seed++) {
      const instance = drawn(seed);
      const found = things(instance);
      expect([4, 5, 6]).toContain(found.length);
      const tooNear: unknown[] = [];
      for (const [i, { pose }] of found.entries()) {
        expect(pose[0] >= 0.36 && pose[0] <= 0.58 && Math.abs(pose[1]) <= 0.22).toBe(true);
        for (const { pose: other } of found.slice(i + 1)) {
          if (Math.abs(pose[0] - other[0]) < 0.094 && Math.abs(pose[1] - other[1]) < 0.114) tooNear.push(pose, other);
        }
        for (const { position, halfSize } of instance.places!) {
          // Half of the longest thing across the trays, and a finger.
          if (Math.abs(pose[1] - position[1]) < halfSize[1] + 0.054) tooNear.push(pose, position);
        }
      }
      expect(tooNear).toEqual([]);
    }
  });

  it('hides the weight: heavy and light things have the same sizes, colours and friction', () => {
    const width = { heavy: 0, light: 0 };
    const count = { heavy: 0, light: 0 };
    let others = 0;
    for (let seed = 0; seed < 1000; seed++) {
      for (const { mass, geometry } of things(drawn(seed))) {
        const weight = mass === 0.4 ? 'heavy' : 'light';
        if (mass !== 0.4 && mass !== 0.1) others++;
        count[weight]++;
        width[weight] +=
          geometry.type === 'cylinder' ? 2 * geometry.radius : geometry.type === 'box' ? geometry.size[1] : 0;
      }
    }
    expect(others).toBe(0);
    expect(Math.abs(width.heavy / count.heavy - width.light / count.light)).toBeLessThan(3e-4);
    expect(count.heavy / (count.heavy + count.light)).toBeCloseTo(0.5, 1);
  });

  it('has two things that differ in place and weight alone in one scene of three', () => {
    let scenes = 0;
    for (let seed = 0; seed < 900; seed++) {
      const instance = drawn(seed);
      const found = things(instance);
      const names = found.map(({ name }) => wordsOf(instance, name));
      const twins = found.filter((_, i) => names.indexOf(names[i]) !== names.lastIndexOf(names[i]));
      if (twins.length === 0) continue;
      scenes++;
      expect(twins).toHaveLength(2);
      expect(twins[0]).toMatchObject({ geometry: twins[1].geometry, rgba: twins[1].rgba, friction: twins[1].friction });
      expect(twins[0].mass).not.toBe(twins[1].mass);
    }
    expect(Math.abs(scenes - 300)).toBeLessThan(60);
  });
});

describe('the requests of tidy', () => {
  it('have two to four clauses, one of them with a condition by weight or place, and every kind occurs', () => {
    const kinds = new Map<string, number>();
    for (let seed = 0; seed < 1000; seed++) {
      const clauses = drawn(seed).goal.key.slice('tidy '.length).split(', ');
      expect(clauses.length >= 2 && clauses.length <= 4).toBe(true);
      expect(clauses.some((clause) => !clause.startsWith('put'))).toBe(true);
      for (const clause of clauses) kinds.set(clause.split(' ')[0], (kinds.get(clause.split(' ')[0]) ?? 0) + 1);
    }
    expect([...kinds.keys()].sort()).toEqual(Object.keys(CLAUSE_WORDINGS).sort());
    for (const count of kinds.values()) expect(count).toBeGreaterThan(50);
  });

  it('have wordings in three disjoint sets, also without case and punctuation', () => {
    for (const wordings of [...Object.values(CLAUSE_WORDINGS), ELLIPSES, JOINTS]) {
      const all = SETS.flatMap((set) => wordings[set].map(plain));
      expect(new Set(all).size).toBe(all.length);
    }
    const sets = SETS.map(
      (set) => new Set(Array.from({ length: 400 }, (_, seed) => plain(drawn(seed, set).instruction))),
    );
    for (const [i, set] of sets.entries()) {
      for (const other of sets.slice(i + 1)) expect([...set].filter((text) => other.has(text))).toEqual([]);
    }
  });

  it('name each thing with its colour and shape, and never one of two that look alike alone', () => {
    for (let seed = 0; seed < 500; seed++) {
      const instance = drawn(seed, 'train');
      const names = instance.named.map(({ object }) => wordsOf(instance, object));
      const twin = names.find((name, i) => names.indexOf(name) !== i);
      const text = instance.instruction;
      for (const clause of instance.goal.key.slice('tidy '.length).split(', ')) {
        const [, thing] = /^put (\w+ \w+) to (?:left|right)$/.exec(clause) ?? [];
        if (thing === undefined) continue;
        expect(text).toContain(thing);
        expect(thing).not.toBe(twin);
      }
      expect(text).not.toMatch(/\{|undefined/);
    }
  });
});

describe('the verdict of tidy', () => {
  /** The positions that the request asks for, by the truth of the weights and places in the goal's own words. */
  function solved(instance: TaskInstance): Record<string, [number, number, number]> {
    const moved: Record<string, [number, number, number]> = {};
    const find = (words: string) => things(instance).filter(({ name }) => wordsOf(instance, name) === words);
    for (const clause of instance.goal.key.slice('tidy '.length).split(', ')) {
      const [, kind, names, detail, side] = /^(\w+) (.+?)(?: (heavy|light|left|right))? to (left|right)$/.exec(clause)!;
      const other = side === 'left' ? 'right' : 'left';
      const [first, second = first] = names.split(' or ');
      const pair = first === second ? find(first) : [...find(first), ...find(second)];
      const isSo = (mass: number) => mass > 0.2 === (detail === 'heavy');
      if (kind === 'put') moved[pair[0].name] = onTray(instance, side);
      if (kind === 'if_weight' && isSo(pair[0].mass)) moved[pair[0].name] = onTray(instance, side);
      if (kind === 'by_weight') moved[pair[0].name] = onTray(instance, isSo(pair[0].mass) ? side : other);
      if (kind === 'compared') moved[pair.find(({ mass }) => isSo(mass))!.name] = onTray(instance, side);
      if (kind === 'beside') {
        for (const { name, pose } of things(instance)) {
          if (name !== pair[0].name && pose[1] > pair[0].pose[1] === (detail === 'left'))
            moved[name] = onTray(instance, side);
        }
      }
      if (kind === 'twin') {
        const [left, right] = pair.sort((a, b) => b.pose[1] - a.pose[1]);
        moved[(detail === 'left' ? left : right).name] = onTray(instance, side);
      }
    }
    return moved;
  }

  it('is a success for exactly what was asked, and names each thing that is elsewhere', () => {
    for (let seed = 0; seed < 120; seed++) {
      const instance = drawn(seed);
      const moved = solved(instance);
      expect(instance.shortcomings!(stateOf(instance, moved)), instance.goal.key).toEqual([]);
      const [name] = Object.keys(moved);
      if (name === undefined) continue;
      expect(instance.followedInstruction()).toBe(true);
      const { [name]: _, ...rest } = moved;
      expect(instance.shortcomings!(stateOf(instance, rest))).toEqual([
        expect.stringMatching(/^the \w+ \w+.* is on the table, expected on the (left|right) tray$/),
      ]);
      const elsewhere = moved[name][1] > 0 ? 'right' : 'left';
      const [wrong] = instance.shortcomings!(stateOf(instance, { ...moved, [name]: onTray(instance, elsewhere) }));
      expect(wrong).toContain(`is on the ${elsewhere} tray, expected on the`);
      expect(instance.followedInstruction()).toBe(false);
    }
  });

  it('is a failure when something fell, is still held, or was moved without being named', () => {
    let tried = 0;
    for (let seed = 0; seed < 100; seed++) {
      const instance = drawn(seed);
      const moved = solved(instance);
      const unnamed = things(instance).find(({ name }) => {
        const words = wordsOf(instance, name);
        return !(name in moved) && !instance.goal.key.includes(words);
      });
      const shortcomings = (more: Record<string, [number, number, number]>) =>
        instance.shortcomings!(stateOf(instance, { ...moved, ...more }));
      const [name] = Object.keys(moved);
      if (name) expect(shortcomings({ [name]: [0.4, 0.9, -0.3] })[0]).toContain('is fallen from the table');
      if (name) expect(shortcomings({ [name]: [0.45, 0.26, 0.15] })[0]).toContain('is not at rest on table or tray');
      if (!unnamed) continue;
      tried++;
      const [x, y, z] = unnamed.pose;
      expect(shortcomings({ [unnamed.name]: [x + 0.03, y, z] })).toEqual([]);
      expect(shortcomings({ [unnamed.name]: [x + 0.07, y, z] })[0]).toMatch(/ was moved by 7 cm and is not named$/);
    }
    expect(tried).toBeGreaterThan(30);
  });

  it('comes at the end alone', () => {
    const instance = drawn(1);
    expect(instance.judge(stateOf(instance, solved(instance)))).toBe('running');
  });
});
