import { expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import type { PlannedOutcome } from '../episodes/planned-outcome.ts';
import { failureCause } from './failure-cause.ts';

const failed = (planned: Partial<PlannedOutcome>, more: Partial<EpisodeOutcome> = {}): EpisodeOutcome => ({
  ...{ task: 'tidy', seed: 1, success: false, outcome: 'failure', instruction: 'tidy', instructionFollowed: false },
  ...{ timeS: 10, peakForceN: 5, policyMs: [], missedDeadlines: 0, emptyQueueTicks: 0, steps: 1, actionsSha256: '' },
  planned: {
    ...{
      end: 'done',
      summary: '',
      grasps: { policy: 0, motions: 0 },
      placed: [],
      replans: 0,
      rejected: 0,
      planningS: 0,
    },
    steps: { done: 0, failed: 0, skipped: 0, interrupted: 0 },
    ...planned,
  },
  ...more,
});

it('a success, and an episode without a planner, has no cause of a failure', () => {
  expect(failureCause(failed({}, { success: true }))).toBeUndefined();
  expect(failureCause({ ...failed({}), planned: undefined })).toBeUndefined();
});

it('the cause of a failure is in how the plan ended and in what the simulator finds', () => {
  const elsewhere = 'the red cube is on the table, expected on the left tray';
  const event = { time: 1, from: 'running', to: 'protective_stop', cause: 'contact', message: '', data: {} };
  const stop = { state: 'protective_stop', falseStops: 1, limitViolations: { commands: 0, joints: 0 }, events: [] };
  const safety = { ...stop, stopCause: event } as unknown as EpisodeOutcome['safety'];
  for (const [outcome, cause] of [
    [failed({ end: 'stopped' }, { safety }), 'stopped by the supervisor: contact'],
    [failed({ end: 'cancelled', summary: 'Cancelled: time limit.' }), 'time'],
    [failed({ end: 'cancelled', summary: 'Cancelled: it asks: which one?' }), 'request not read'],
    [failed({ end: 'refused', summary: "I will not do that: I don't know foo." }), 'request not read'],
    [failed({ end: 'refused', summary: 'I will not do that: there is no red cube: I see nothing.' }), 'thing not seen'],
    [failed({ end: 'failed', failedSkill: 'pick' }), 'missed grasp'],
    [failed({ end: 'failed', failedSkill: 'place' }), 'dropped'],
    [failed({ placed: ['red cube'] }, { failure: elsewhere }), 'dropped'],
    [failed({ placed: ['blue cube'] }, { failure: elsewhere }), 'wrong thing'],
    [failed({ placed: [] }, { failure: 'the red cube is on the left tray, expected on the table' }), 'wrong thing'],
  ] as const)
    expect(failureCause(outcome)).toBe(cause);
});
