import { SimulatedClock } from '@praxis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RosSession } from '../../rcl/session.ts';
import type { RclGoalHandle } from '../../rcl/types.ts';
import { FakeNode } from '../../testing/fake-node.ts';
import { InstructAction } from './instruct-action.ts';

interface Goal {
  readonly instruction: string;
  readonly timeout: { readonly sec: number; readonly nanosec: number };
}

/** An action server without ROS 2: the test sends goals and receives their ends. */
function setUp() {
  const fake = new FakeNode();
  let execute: (handle: RclGoalHandle<Goal>) => Promise<object> = () => Promise.reject(new Error('no server'));
  let onGoal: (goal: Goal) => string = () => 'no server';
  class ActionServer {
    constructor(...[, , , run, judge]: [unknown, string, string, typeof execute, typeof onGoal]) {
      execute = run;
      onGoal = judge;
    }
    destroy() {}
  }
  const message = class {};
  const session = {
    ...fake,
    rcl: {
      ActionServer,
      GoalResponse: { ACCEPT: 'accept', REJECT: 'reject' },
      CancelResponse: { ACCEPT: 'accept' },
      require: () => ({ Result: message, Feedback: message }),
    },
    log: fake.node.getLogger(),
    clock: new SimulatedClock(100),
    onClose() {},
  } as unknown as RosSession;
  const calls: string[] = [];
  const node = {
    supervisor: 'running',
    toolPose: Float64Array.of(0.4, 0, 0.3, 0, 1, 0, 0),
    places: [0.4, 0, 0.3],
    baseFrame: 'base_link',
    refusal: () => undefined,
    admit: (text: string) => {
      if (text.includes('banana')) throw new Error("I don't know banana");
      return text.toLowerCase();
    },
    instruct: (text: string) => void calls.push(`instruct ${text}`),
    answer: (text: string) => void calls.push(`say ${text}`),
    pausePolicy: () => void calls.push('pause'),
  };
  const action = new InstructAction(session, node, { timeout: 60, restTime: 3 });
  const goalOf = (instruction: string): Goal => ({ instruction, timeout: { sec: 0, nanosec: 0 } });
  const send = async (instruction: string) => {
    if (onGoal(goalOf(instruction)) === 'reject') return { status: 'rejected' };
    let status = 'executing';
    const set = (ended: string) => () => {
      status = ended;
    };
    const handle = {
      request: goalOf(instruction),
      isCancelRequested: false,
      execute() {},
      publishFeedback() {},
      succeed: set('succeeded'),
      abort: set('aborted'),
      canceled: set('canceled'),
    };
    return { ...(await execute(handle)), status };
  };
  return { action, calls, send, lines: fake.lines };
}

describe('the action ~/instruct', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('rejects a goal in words that the policy does not know, and says which', async () => {
    const { calls, send, lines } = setUp();
    expect(await send('pick up the banana')).toEqual({ status: 'rejected' });
    expect(calls).toEqual(["say I don't know banana"]);
    expect(lines).toEqual([`goal "pick up the banana" refused: I don't know banana`]);
  });

  it('ends the motion with the success, until the next goal', async () => {
    const { action, calls, send } = setUp();
    const ended = send('Pick up the red cube');
    action.reportVerdict('success');
    await vi.advanceTimersByTimeAsync(100);
    expect(await ended).toMatchObject({ status: 'succeeded', outcome: 'success' });
    expect(calls).toEqual(['instruct pick up the red cube', 'pause']);
  });

  it('aborts a goal when its instruction no longer counts, and leaves the arm to the instruction that replaced it', async () => {
    const { action, calls, send } = setUp();
    const held = send('pick up the red cube');
    action.end('held');
    await vi.advanceTimersByTimeAsync(100);
    expect(await held).toMatchObject({ status: 'aborted', outcome: 'held' });
    expect(calls.splice(0)).toEqual(['instruct pick up the red cube', 'pause']);
    const replaced = send('pick up the red cube');
    action.replace();
    await vi.advanceTimersByTimeAsync(100);
    expect(await replaced).toMatchObject({ status: 'aborted', outcome: 'replaced' });
    expect(calls).toEqual(['instruct pick up the red cube']);
  });
});
