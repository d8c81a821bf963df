import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionClient } from '../../testing/action-client.ts';
import { InstructAction } from './instruct-action.ts';

interface Goal {
  readonly instruction: string;
  readonly timeout: { readonly sec: number; readonly nanosec: number };
}

/** The action over a node that notes what it is asked for. */
function setUp() {
  const client = actionClient<Goal>();
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
  const action = new InstructAction(client.session, node, { timeout: 60, restTime: 3 });
  const send = (instruction: string) => client.send({ instruction, timeout: { sec: 0, nanosec: 0 } });
  return { action, calls, send, lines: client.lines };
}

describe('the action ~/instruct', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('rejects a goal in words that the policy does not know, and says which', async () => {
    const { calls, send, lines } = setUp();
    expect(await send('pick up the banana').ended).toEqual({ status: 'rejected' });
    expect(calls).toEqual(["say I don't know banana"]);
    expect(lines).toEqual([`goal "pick up the banana" refused: I don't know banana`]);
  });

  it('ends the motion with the success, until the next goal', async () => {
    const { action, calls, send } = setUp();
    const { ended } = send('Pick up the red cube');
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
    expect(await held.ended).toMatchObject({ status: 'aborted', outcome: 'held' });
    expect(calls.splice(0)).toEqual(['instruct pick up the red cube', 'pause']);
    const replaced = send('pick up the red cube');
    action.replace();
    await vi.advanceTimersByTimeAsync(100);
    expect(await replaced.ended).toMatchObject({ status: 'aborted', outcome: 'replaced' });
    expect(calls).toEqual(['instruct pick up the red cube']);
  });
});
