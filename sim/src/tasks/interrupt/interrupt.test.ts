import { describe, expect, it } from 'vitest';
import type { WordingSet } from '../../wordings/wordings.ts';
import type { TaskInstance, TaskState, Verdict } from '../task.ts';
import { stateOf } from '../testing/state.ts';
import { interrupt } from './interrupt.ts';
import { ToolSpeed } from './tool-speed.ts';
import { INSTEAD, SOFTER } from './wordings.ts';

const SETS: readonly WordingSet[] = ['train', 'validation', 'report'];
const drawn = (seed: number, wordings: WordingSet = 'train') => interrupt.draw({ seed, wordings, swap: false });
const STEP_S = 0.02;

/** The first seed whose interruption is of a kind, in a task of that name. */
function seedOf(kind: string, verb: string): number {
  let seed = 0;
  while (drawn(seed).interruption!.kind !== kind || !drawn(seed).goal.key.startsWith(`interrupt ${verb}`)) seed++;
  return seed;
}

/** Judges states from the end of the last word on, each of the time since then, until there is a verdict. */
function judge(
  instance: TaskInstance,
  by: 'judge' | 'judgeStop',
  seconds: number,
  state: (since: number) => Partial<TaskState> = () => ({}),
): Verdict {
  const { time } = instance.interruption!;
  let verdict: Verdict = 'running';
  for (let since = 0; since < seconds && verdict === 'running'; since += STEP_S) {
    verdict = instance[by]!(stateOf(instance, {}, { time: time + since, ...state(since) }));
  }
  return verdict;
}

describe('the interruptions', () => {
  it('have words of their own in each set, all of them known from the training set', () => {
    for (const wordings of [INSTEAD, SOFTER]) {
      const plain = SETS.map((set) =>
        wordings[set].map((text) =>
          text
            .toLowerCase()
            .match(/[a-z{}]+/g)!
            .join(' '),
        ),
      );
      expect(new Set(plain.flat()).size).toBe(plain.flat().length);
      const words = new Set(plain[0].flatMap((text) => text.split(' ')));
      for (const word of plain.flat().flatMap((text) => text.split(' '))) expect(words).toContain(word);
    }
  });

  it('are of every kind in every task, at random times, and the same in equal scenes', () => {
    const kinds = new Map<string, number>();
    const times = new Set<number>();
    for (let seed = 0; seed < 600; seed++) {
      const { interruption, goal } = drawn(seed);
      const key = `${interruption!.kind} ${goal.key.split(' ')[1]}`;
      kinds.set(key, (kinds.get(key) ?? 0) + 1);
      times.add(interruption!.time);
      expect(interruption!.time).toBeGreaterThanOrEqual(0.8);
      expect(interruption!.time).toBeLessThanOrEqual(3);
      expect(drawn(seed).interruption!.text).toBe(interruption!.text);
    }
    expect(kinds.size).toBe(3 * 4);
    expect(Math.min(...kinds.values())).toBeGreaterThan(20);
    expect(times.size).toBe(600);
  });
});

describe('"instead"', () => {
  it.each(['pick', 'sort', 'press', 'open'])(
    'names another goal of the scene of %s, which becomes the goal',
    (verb) => {
      const instance = drawn(seedOf('instead', verb));
      const before = instance.goal.key;
      const { text, hear } = instance.interruption!;
      hear();
      const { key } = instance.goal;
      expect(key).not.toBe(before);
      expect(instance.goalKeys).toContain(key);
      for (const word of key.split(' ').slice(2)) expect(text).toContain(word);
    },
  );

  it('is answered too late after 0.3 s', () => {
    for (const [delay, verdict] of [
      [0.29, 'running'],
      [0.31, 'failure'],
    ] as const) {
      const instance = drawn(seedOf('instead', 'press'));
      instance.interruption!.hear();
      instance.interruption!.react(delay);
      expect(judge(instance, 'judge', 1)).toBe(verdict);
      expect(instance.failureCause?.()).toBe(verdict === 'failure' ? 'late reaction' : undefined);
    }
    const silent = drawn(seedOf('instead', 'press'));
    silent.interruption!.hear();
    expect(judge(silent, 'judge', 0.3)).toBe('running');
    expect(judge(silent, 'judge', 1)).toBe('failure');
  });
});

describe('"softer"', () => {
  const reacting = () => {
    const instance = drawn(seedOf('softer', 'pick'));
    instance.interruption!.hear();
    instance.interruption!.react(0.2);
    return instance;
  };
  const moving = (speed: number) => (since: number) => ({ tool: [0.45 + speed * since, 0, 0.2] as const });

  it('leaves the goal, and the speed of the tool must fall below 0.15 m/s within 0.7 s', () => {
    const before = drawn(seedOf('softer', 'pick'));
    expect(reacting().goal.key).toBe(before.goal.key);
    expect(reacting().interruption!.text.startsWith(before.instruction)).toBe(true);
    expect(judge(reacting(), 'judge', 2, moving(0.14))).toBe('running');
    const fast = reacting();
    expect(judge(fast, 'judge', 2, moving(0.16))).toBe('failure');
    expect(fast.failureCause?.()).toBe('not softer');
    expect([fast.canGoOn?.(), reacting().canGoOn?.()]).toEqual([true, false]);
    expect(judge(reacting(), 'judge', 0.65, moving(0.3))).toBe('running');
  });

  it('slows the expert down', () => {
    const instance = drawn(seedOf('softer', 'pick'));
    const speeds = () => instance.plan(stateOf(instance)).waypoints.map(({ speed }) => speed);
    expect(Math.max(...speeds())).toBeGreaterThan(0.3);
    instance.interruption!.hear();
    expect(Math.max(...speeds())).toBeLessThanOrEqual(0.07);
  });
});

describe('"stop"', () => {
  const stopping = (delay: number | undefined) => {
    const instance = drawn(seedOf('stop', 'pick'));
    instance.interruption!.hear();
    if (delay !== undefined) instance.interruption!.react(delay);
    return instance;
  };

  it('has succeeded once the arm stands still in time', () => {
    expect(judge(stopping(0.2), 'judgeStop', 1.1)).toBe('running');
    expect(judge(stopping(0.2), 'judgeStop', 1.3)).toBe('success');
  });

  it('has failed when the arm stops late, drifts, or does what it did', () => {
    expect(judge(stopping(0.4), 'judgeStop', 1.3)).toBe('failure');
    const drifting = stopping(0.2);
    expect(judge(drifting, 'judgeStop', 1.3, (since) => ({ tool: [0.45 + 0.004 * since, 0, 0.2] }))).toBe('failure');
    expect(drifting.failureCause?.()).toBe('not at rest');
    expect(judge(stopping(undefined), 'judge', 1.3)).toBe('failure');
  });

  it('is a failure where nothing was said, or something else', () => {
    expect(judge(drawn(seedOf('stop', 'pick')), 'judgeStop', 0.1)).toBe('failure');
    const other = drawn(seedOf('instead', 'pick'));
    other.interruption!.hear();
    expect(judge(other, 'judgeStop', 0.1)).toBe('failure');
  });
});

it('the speed of the tool is that of the last tenth of a second', () => {
  const speed = new ToolSpeed();
  let last = 0;
  for (let k = 0; k <= 20; k++) {
    const time = k * STEP_S;
    last = speed.update({ time, tool: [time <= 0.2 ? 0 : 0.3 * (time - 0.2), 0, 0] });
    if (time <= 0.2) expect(last).toBe(0);
  }
  expect(last).toBeCloseTo(0.3, 9);
});
