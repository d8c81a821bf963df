import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawer } from '../tasks/drawer/drawer.ts';
import { insert } from '../tasks/insert/insert.ts';
import { interrupt } from '../tasks/interrupt/interrupt.ts';
import { pick } from '../tasks/pick.ts';
import { press } from '../tasks/press/press.ts';
import { wordingsOf } from '../tasks/seeds.ts';
import { sort } from '../tasks/sort.ts';
import type { Task } from '../tasks/task.ts';
import { wipe } from '../tasks/wipe/wipe.ts';
import type { RewordingLevel } from './draw-instruction.ts';

const TASKS = [pick, sort, press, drawer, insert, wipe, interrupt];
const NEAR = ['synonym', 'word order', 'polite', 'typing error'];
/** Kinds of wording that each task has, see docs/tasks.md. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  pick: [...NEAR, 'negation', 'contrast', 'relation'],
  // One of four tasks, of which `pick` is one.
  interrupt: [...NEAR, 'negation', 'contrast', 'relation'],
  ...Object.fromEntries(
    ['sort', 'press', 'drawer', 'insert', 'wipe'].map((name) => [name, [...NEAR, 'negation', 'contrast']]),
  ),
};

const seeds = integer({ min: 0, max: 3_000_000 });
const drawn = (task: Task, seed: number, rewording?: RewordingLevel, swap = false) =>
  task.draw({ seed, wordings: wordingsOf(seed), swap, rewording });
const sceneOf = ({ objects, parts = [], named, goal, goalKeys, timeLimit }: ReturnType<Task['draw']>) => ({
  ...{ objects, parts, named, goal, goalKeys, timeLimit },
});

describe.each(TASKS)('another wording of $name', (task) => {
  it('asks for the same goal in the same scene in other words, and is a function of the seed', () => {
    assert(
      property(seeds, constantFrom(1, 2), constantFrom(true, false), (seed, level, swap) => {
        const [usual, reworded] = [drawn(task, seed, undefined, swap), drawn(task, seed, level, swap)];
        expect(sceneOf(reworded)).toEqual(sceneOf(usual));
        expect(reworded.instruction).not.toBe(usual.instruction);
        expect(reworded.instruction).toBe(drawn(task, seed, level, swap).instruction);
      }),
    );
  });

  it('of level 1 is one of the wordings of its goal in the set of the seed', () => {
    assert(
      property(seeds, (seed) => {
        const { goal, instruction, wordingKind } = drawn(task, seed, 1);
        expect(task.goals(wordingsOf(seed)).find(({ key }) => key === goal.key)?.texts).toContain(instruction);
        expect(wordingKind).toBeUndefined();
      }),
    );
  });

  it('of level 2 is of each kind that the task has, and no wording of the training', () => {
    const trained = new Set(task.goals('train').flatMap(({ texts }) => texts));
    const kinds = new Set<string | undefined>();
    for (let i = 0; i < 300; i++) {
      for (const seed of [i, 2_000_000 + i]) {
        const { instruction, wordingKind } = drawn(task, seed, 2);
        kinds.add(wordingKind);
        expect(trained.has(instruction), instruction).toBe(false);
        expect(instruction).not.toMatch(/[{}]| {2}| [.,?!;:]|^ | $/);
      }
    }
    expect([...kinds].sort()).toEqual([...KINDS[task.name]].sort());
  });
});

it('the softer words of an interruption follow the reworded instruction', () => {
  const said = Array.from({ length: 40 }, (_, i) => drawn(interrupt, 2_000_000 + i, 1)).filter(
    ({ interruption }) => interruption?.kind === 'softer',
  );
  expect(said.length).toBeGreaterThan(5);
  for (const { instruction, interruption } of said)
    expect(interruption?.text.startsWith(`${instruction}, `)).toBe(true);
});
