import { describe, expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { overallFigures } from './overall.ts';

const TASKS = ['pick', 'wipe'];
const outcome = (task: string, success: boolean, timeS: number) => ({ task, success, timeS }) as EpisodeOutcome;

describe('figures averaged over tasks', () => {
  const [all, vision] = overallFigures(TASKS, [
    { arm: 'all', outcomes: [outcome('pick', true, 4), outcome('pick', true, 6), outcome('wipe', true, 10)] },
    // A failure that ended early, such as by a stop, took as long as the task lasts.
    { arm: 'vision', outcomes: [outcome('pick', false, 1), outcome('pick', true, 5), outcome('wipe', false, 30)] },
  ]);

  it('count every task the same, and a failure as the longest episode of its task', () => {
    expect(all).toMatchObject({ arm: 'all', success: { mean: 1, interval95: [1, 1] }, timeS: { mean: (5 + 10) / 2 } });
    expect(vision.success.mean).toBeCloseTo((0.5 + 0) / 2, 12);
    expect(vision.timeS.mean).toBeCloseTo(((6 + 5) / 2 + 30) / 2, 12);
  });

  it('have the interval of a stratified mean', () => {
    // Variance of the mean of pick (4, 6): 2 / 2; wipe has one episode.
    const half = (1.959963984540054 * Math.sqrt(1)) / 2;
    expect(all.timeS.interval95[0]).toBeCloseTo(7.5 - half, 12);
    expect(all.timeS.interval95[1]).toBeCloseTo(7.5 + half, 12);
  });

  it('leave out an arm that has not done every task', () => {
    expect(overallFigures(TASKS, [{ arm: 'all', outcomes: [outcome('pick', true, 4)] }])).toEqual([]);
  });
});
