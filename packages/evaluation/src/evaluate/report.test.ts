import type { SafetyResult } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { evaluationReport, traceOf } from './report.ts';
import { reportTable } from './table.ts';

const outcome = (task: string, seed: number, success: boolean, more: Partial<EpisodeOutcome> = {}): EpisodeOutcome => ({
  task,
  seed,
  success,
  outcome: success ? 'success' : 'failure',
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

const facts = {
  robot: 'praxis_arm',
  policy: 'p',
  seed: 1,
  tasks: ['pick', 'sort'],
  mask: [],
  swap: false,
  fault: undefined,
  safety: 'on' as const,
  wallS: 4,
  partial: false,
};

const safety = (state: SafetyResult['state'], more: Partial<SafetyResult> = {}): SafetyResult => ({
  state,
  falseStops: 0,
  limitViolations: { commands: 0, joints: 0 },
  events: [],
  ...more,
});

describe('report', () => {
  it('counts the episodes in which the policy failed, and quotes its first error', () => {
    const failed = [outcome('pick', 1, false, { policyError: 'broken\nat line 3' }), outcome('pick', 2, false)];
    const report = evaluationReport({ ...facts, tasks: ['pick'] }, failed);
    expect(report.tasks[0].policy_errors).toEqual({ episodes: 1, first: 'broken\nat line 3' });
    expect(reportTable(report)).toContain('pick: the policy failed in 1 episodes: broken\n');
    expect(evaluationReport(facts, outcomes).tasks[0].policy_errors).toBeUndefined();
  });

  it('says of which moment the force readings were', () => {
    const report = evaluationReport({ ...facts, touch: { kind: 'delay', seconds: 0.3 } }, outcomes);
    expect(report.touch).toBe('delay:0.3');
    expect(reportTable(report).split('\n')[0]).toBe('policy p, seeds from 1, touch delay:0.3');
    expect(evaluationReport(facts, outcomes)).not.toHaveProperty('touch');
  });

  it('says how much longer inferences took, and which scheduler ran', () => {
    const report = evaluationReport({ ...facts, addedInferenceDelay: 0.1, scheduler: 'temporal_ensembling' }, outcomes);
    expect(report).toMatchObject({ added_inference_delay_s: 0.1, scheduler: 'temporal_ensembling' });
    expect(reportTable(report).split('\n')[0]).toBe(
      'policy p, seeds from 1, inferences 0.1 s longer, temporal_ensembling',
    );
  });

  it('counts successes by the kind of wording, where the instruction is of another kind', () => {
    const reworded = (['polite', 'relation', 'polite'] as const).map((wordingKind, seed) =>
      outcome('pick', seed, seed === 0, { wordingKind }),
    );
    const report = evaluationReport({ ...facts, tasks: ['pick'], perturbations: { language: 2 } }, reworded);
    const counts = { polite: { episodes: 2, successes: 1 }, relation: { episodes: 1, successes: 0 } };
    expect(report.tasks[0].by_wording).toEqual(counts);
    expect(reportTable(report)).toContain('pick: polite 1/2, relation 0/1\n');
    expect(evaluationReport(facts, outcomes).tasks[0]).not.toHaveProperty('by_wording');
  });

  it('counts successes per task and loop statistics over all tasks', () => {
    const { tasks, loop, sim, safety } = evaluationReport(facts, outcomes);
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
    expect(safety).toEqual({ false_stops: 0, limit_violations: 0 });
  });

  it('has the fields ablation and partial only for masked and interrupted runs', () => {
    expect(evaluationReport(facts, outcomes)).not.toHaveProperty('ablation');
    expect(evaluationReport(facts, outcomes)).not.toHaveProperty('partial');
    const cut = evaluationReport({ ...facts, mask: ['vision'], partial: true }, outcomes);
    expect([cut.ablation, cut.partial]).toEqual([{ mask: ['vision'] }, true]);
    expect(reportTable(cut)).toContain('PARTIAL');
  });

  it('rates the swap test over the successful episodes', () => {
    const { tasks } = evaluationReport({ ...facts, swap: true }, outcomes);
    expect(tasks.map(({ swap }) => [swap?.episodes, swap?.followed])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it('has null for a statistic of no episodes', () => {
    const [pick] = evaluationReport(facts, []).tasks;
    expect([pick.success_rate, pick.time_s.p50, pick.wilson95]).toEqual([null, null, [0, 1]]);
  });
});

describe('the safety report', () => {
  it('counts over all episodes without a fault, and is null without a supervisor', () => {
    const supervised = [
      outcome('pick', 1, true, { safety: safety('running') }),
      outcome('pick', 2, false, { safety: safety('hold', { falseStops: 1 }) }),
      outcome('sort', 1, true, { safety: safety('running', { limitViolations: { commands: 2, joints: 3 } }) }),
    ];
    const normal = evaluationReport(facts, supervised);
    expect(normal.safety).toEqual({ false_stops: 1, limit_violations: 5 });
    expect(normal).not.toHaveProperty('fault');
    expect(evaluationReport({ ...facts, safety: 'off' }, outcomes).safety).toBeNull();
  });

  it('covers the episodes in which the fault was injected', () => {
    const stopped = (holdMs: number, stopMs: number, off?: number) => ({
      safety: safety('protective_stop'),
      fault: {
        name: 'arm_struck',
        injectedS: 2,
        holdMs,
        stopMs,
        cause: 'contact' as const,
        distanceM: stopMs / 1e4,
        peakForceN: 40,
        standing: true,
      },
      ...(off ? { unsupervised: { peakForceN: off } } : {}),
    });
    const { holdMs: _, stopMs: __, cause: ___, ...tolerated } = stopped(0, 0).fault;
    const struck = evaluationReport({ ...facts, fault: 'arm_struck' }, [
      outcome('pick', 1, false, stopped(20, 100, 100)),
      outcome('pick', 2, false, stopped(40, 300, 200)),
      outcome('pick', 3, true, { safety: safety('hold'), fault: { ...tolerated, standing: false } }),
      outcome('sort', 1, true, { safety: safety('running') }),
    ]);
    expect(struck).not.toHaveProperty('safety');
    expect(struck.fault).toEqual({
      name: 'arm_struck',
      injected: 3,
      time_to_stop_ms: { p50: 200, p99: expect.closeTo(298, 9), max: 300 },
      hold_ms: { p50: 30, p99: expect.closeTo(39.8, 9), max: 40 },
      distance_m: { p50: expect.closeTo(0.02, 9), max: 0.03 },
      peak_force_n: { p50: 40, max: 40 },
      final_states: { hold: 1, protective_stop: 2 },
      causes: { contact: 2 },
      tolerated: 1,
      moving_at_end: 1,
      false_stops: 0,
      false_stop_causes: {},
      limit_violations: 0,
      unsupervised: {
        peak_force_n: { p50: 150, max: 200 },
        reduction: {
          p50: expect.closeTo(0.7, 9),
          min: expect.closeTo(0.6, 9),
          mean_peak: expect.closeTo(1 - 80 / 300, 9),
        },
      },
    });
    expect(reportTable(struck)).toContain('fault arm_struck: injected into 3 episodes');
  });
});

describe('traceOf', () => {
  it('changes when an action of one episode changes', () => {
    const changed = outcomes.with(2, outcome('sort', 1, true, { actionsSha256: 'other' }));
    expect(traceOf(changed)).not.toBe(traceOf(outcomes));
    expect(traceOf([...outcomes])).toBe(traceOf(outcomes));
  });
});
