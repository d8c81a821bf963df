import { describe, expect, it } from 'vitest';
import type { EpisodeOutcome } from './outcome.ts';
import { report, traceOf } from './report.ts';
import { reportTable } from './table.ts';

const outcome = (task: string, seed: number, success: boolean, more: Partial<EpisodeOutcome> = {}): EpisodeOutcome => ({
  task,
  seed,
  success,
  instruction: 'pick up the red cube',
  instructionFollowed: success,
  timeS: 10,
  peakForceN: seed,
  policyMs: [seed, seed],
  missedDeadlines: 1,
  emptyQueueTicks: 2,
  steps: 5000,
  actionsSha256: `${task}${seed}`,
  ...more,
});

const outcomes = [
  outcome('pick', 1, true, { swapped: { instruction: 'the blue one', followed: true } }),
  outcome('pick', 2, false, { timeS: 20 }),
  outcome('sort', 1, true, { swapped: { instruction: 'the light one', followed: false } }),
];

const facts = { policy: 'p', seed: 1, tasks: ['pick', 'sort'], mask: [], swap: false, wallS: 4, partial: false };

describe('report', () => {
  it('counts each task for itself and the loop over all', () => {
    const { tasks, loop, sim, safety } = report(facts, outcomes);
    expect(
      tasks.map(({ task, episodes, successes, success_rate }) => [task, episodes, successes, success_rate]),
    ).toEqual([
      ['pick', 2, 1, 0.5],
      ['sort', 1, 1, 1],
    ]);
    expect(tasks[0].failed_seeds).toEqual([2]);
    expect(tasks[0].time_s).toEqual({ mean: 10, p50: 10, p95: 10 });
    expect(tasks[0].peak_force_n.max).toBe(2);
    expect(loop).toEqual({
      policy_ms: { p50: 1, p99: expect.closeTo(2, 1), max: 2 },
      missed_deadlines: 3,
      empty_queue_ticks: 6,
    });
    expect(sim).toEqual({ steps_per_s: 3750, realtime_factor: 10 });
    expect(safety).toBeNull();
  });

  it('says which modalities were withheld and that a run is partial, only when so', () => {
    expect(report(facts, outcomes)).not.toHaveProperty('ablation');
    expect(report(facts, outcomes)).not.toHaveProperty('partial');
    const cut = report({ ...facts, mask: ['vision'], partial: true }, outcomes);
    expect([cut.ablation, cut.partial]).toEqual([{ mask: ['vision'] }, true]);
    expect(reportTable(cut)).toContain('PARTIAL');
  });

  it('rates the swap test over the episodes that succeeded', () => {
    const { tasks } = report({ ...facts, swap: true }, outcomes);
    expect(tasks.map(({ swap }) => [swap?.episodes, swap?.followed])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it('has null where nothing was measured', () => {
    const [pick] = report(facts, []).tasks;
    expect([pick.success_rate, pick.time_s.p50, pick.wilson95]).toEqual([null, null, [0, 1]]);
  });
});

describe('traceOf', () => {
  it('changes with any action of any episode', () => {
    const changed = outcomes.with(2, outcome('sort', 1, true, { actionsSha256: 'other' }));
    expect(traceOf(changed)).not.toBe(traceOf(outcomes));
    expect(traceOf([...outcomes])).toBe(traceOf(outcomes));
  });
});
