import { describe, expect, it } from 'vitest';
import { drawer } from '../tasks/drawer/drawer.ts';
import { free } from '../tasks/free.ts';
import { insert } from '../tasks/insert/insert.ts';
import { pick } from '../tasks/pick.ts';
import { press } from '../tasks/press/press.ts';
import { sort } from '../tasks/sort.ts';
import type { Task, TaskInstance } from '../tasks/task.ts';
import { stateOf } from '../tasks/testing/state.ts';
import { UNKNOWN_THINGS } from '../tasks/unknown-things.ts';
import { wipe } from '../tasks/wipe/wipe.ts';
import { checkAbsent, drawAbsent } from './absent.ts';

const TASKS = [pick, press, drawer, insert, wipe];
const SETS = ['train', 'validation', 'report'] as const;
const seeds = (count: number) => Array.from({ length: count }, (_, i) => 2_000_000 + i);
const draw = (task: Task, seed: number, wordings: (typeof SETS)[number] = 'report') =>
  drawAbsent(task, { seed, wordings, swap: false });
const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];

describe.each(TASKS)('an instruction of $name for something that is not there', (task) => {
  it('leaves the scene as it is', () => {
    for (const seed of seeds(10)) {
      const usual = task.draw({ seed, wordings: 'report', swap: false });
      const absent = draw(task, seed);
      for (const field of ['objects', 'parts', 'held', 'named'] as const) expect(absent[field]).toEqual(usual[field]);
      expect(draw(task, seed).instruction).toBe(absent.instruction);
    }
  });

  it('names a known kind that the scene lacks for even seeds, in a wording of the set', () => {
    for (const set of SETS) {
      const goals = task.goals(set);
      for (const seed of seeds(40).filter((each) => each % 2 === 0)) {
        const { instruction, absent } = draw(task, seed, set);
        const scene = task.draw({ seed, wordings: set, swap: false });
        const named = goals.filter(({ texts }) => texts.includes(instruction));
        expect(absent).toBe('known kind');
        expect(named.length).toBeGreaterThan(0);
        for (const { key } of named) expect(scene.goalKeys).not.toContain(key);
      }
    }
  });

  it('names an unknown thing for odd seeds, one of reports for reports, and no colour', () => {
    const colours = ['red', 'green', 'blue', 'yellow', 'purple', 'orange'];
    for (const set of SETS) {
      const things = UNKNOWN_THINGS[set === 'report' ? 'report' : 'development'];
      const seen = new Set<string>();
      for (const seed of seeds(60).filter((each) => each % 2 === 1)) {
        const { instruction, absent } = draw(task, seed, set);
        const thing = things.find((each) => instruction.includes(each));
        expect([absent, thing !== undefined, instruction]).toEqual(['unknown thing', true, instruction]);
        expect(instruction).not.toMatch(/[{}]/);
        for (const colour of colours) expect(wordsOf(instruction)).not.toContain(colour);
        seen.add(thing!);
      }
      expect(seen.size).toBeGreaterThan(5);
    }
  });

  it('has unknown things without a word of its wordings', () => {
    const words = new Set(SETS.flatMap((set) => task.goals(set).flatMap(({ texts }) => texts.flatMap(wordsOf))));
    for (const thing of Object.values(UNKNOWN_THINGS).flat())
      for (const word of wordsOf(thing)) expect(words).not.toContain(word);
  });
});

it('the unknown things of reports are other ones', () => {
  const { development, report } = UNKNOWN_THINGS;
  expect(new Set([...development, ...report]).size).toBe(development.length + report.length);
});

describe('the judge of an instruction for something that is not there', () => {
  /** Verdicts on the states from 0.02 to `end` (s). */
  function judge(instance: TaskInstance, end: number, at: (time: number) => Parameters<typeof stateOf>) {
    for (let i = 1; i * 0.02 <= end + 1e-9; i++) {
      const [scene, moved, more] = at(i * 0.02);
      const verdict = instance.judge(stateOf(scene, moved, { ...more, time: i * 0.02 }));
      if (verdict !== 'running') return { verdict, time: i * 0.02 };
    }
    return { verdict: 'running' };
  }

  it('finds success once nothing has moved for 4 s', () => {
    const instance = draw(pick, 2_000_001);
    const result = judge(instance, 6, (t) => [instance, {}, { tool: [0.45 + 0.004 * Math.sin(t), 0, 0.27] }]);
    expect(result).toEqual({ verdict: 'success', time: expect.closeTo(4.02, 9) });
    expect(instance.followedInstruction()).toBe(true);
    expect(instance.timeLimit).toBeGreaterThan(4.02);
  });

  it('finds failure and its cause when the tool or a thing is 5 mm away from its start', () => {
    const arm = draw(pick, 2_000_001);
    expect(judge(arm, 6, (t) => [arm, {}, { tool: [0.45, 0, 0.27 - 0.01 * t] }]).time).toBeCloseTo(0.53, 1);
    expect([arm.failureCause!(), arm.followedInstruction()]).toEqual(['arm moved', false]);
    const thing = draw(pick, 2_000_001);
    const { name, pose } = thing.objects[2];
    const pushed = judge(thing, 6, (t) => [thing, { [name]: [pose[0] + (t > 3 ? 0.006 : 0), pose[1], pose[2]] }, {}]);
    expect(pushed).toEqual({ verdict: 'failure', time: expect.closeTo(3.02, 9) });
    expect(thing.failureCause!()).toBe('thing moved');
  });

  it('has an expert that stays where it was', () => {
    const instance = draw(press, 2_000_001);
    instance.judge(stateOf(instance));
    const [only, ...more] = instance.plan(stateOf(instance, {}, { tool: [0.46, 0, 0.27], width: 0.05 })).waypoints;
    expect([only.position, only.width, more]).toEqual([[0.45, 0, 0.27], 0.05, []]);
  });
});

it('a task that names its things otherwise is refused, and so is what changes the instruction too', () => {
  expect(() => draw(sort, 2_000_000)).toThrow('absent: task sort has no instructions for things that are not there');
  expect(() => checkAbsent(free, {})).toThrow('task free');
  const refused = (more: Parameters<typeof checkAbsent>[1]) => expect(() => checkAbsent(pick, more));
  refused({ swap: true }).toThrow('absent: cannot be used with swap');
  refused({ instruction: 'lift it' }).toThrow('an instruction');
  refused({ perturbations: { language: 1 } }).toThrow('perturbation language');
  refused({ expertLacks: ['vision'] }).toThrow('an expert that lacks something');
  refused({ perturbations: { camera: 1 } }).not.toThrow();
});
