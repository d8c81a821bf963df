import type { PlanProgress, PlanResult } from '@praxis/planner';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionClient } from '../../testing/action-client.ts';
import { ExecuteAction } from './execute-action.ts';

interface Goal {
  readonly request: string;
  readonly confirmed: boolean;
}

type Ended = Pick<PlanResult, 'end' | 'summary'>;

/** The action over executions whose ends the test decides. */
function setUp() {
  const client = actionClient<Goal>();
  const calls: string[] = [];
  const progress = new Subject<PlanProgress>();
  let settle: { end(result: Ended): void; fail(error: Error): void } | undefined;
  const action = new ExecuteAction(client.session, {
    refusal: (request) => (request === '' ? 'the request is empty' : undefined),
    begin: () => ({
      progress$: progress,
      run: () =>
        new Promise<PlanResult>((resolve, reject) => {
          settle = { end: (result) => resolve(result as PlanResult), fail: reject };
        }),
      hear: (text) => void calls.push(`hear ${text}`),
      cancel(reason) {
        calls.push(`cancel: ${reason}`);
        settle?.end({ end: 'cancelled', summary: `Cancelled: ${reason}.` });
      },
    }),
    hold: () => void calls.push('hold'),
    answer: (text) => void calls.push(`say ${text}`),
  });
  const send = (request: string, confirmed = false) => client.send({ request, confirmed });
  return { action, calls, lines: client.lines, progress, send, settle: () => settle! };
}

describe('the action ~/execute', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('reports each event with the number of its step, and succeeds when every step is done', async () => {
    const { progress, send, settle } = setUp();
    const { ended, feedbacks } = send('move up 5 cm');
    const step = { skill: 'move', arguments: {} } as never;
    progress.next({ time: 1, kind: 'step_started', index: 1, step, text: 'move up' });
    progress.next({ time: 2, kind: 'say', text: 'Done.' });
    settle().end({ end: 'done', summary: 'Done.' });
    expect(await ended).toEqual({ status: 'succeeded', success: true, end: 'done', summary: 'Done.' });
    expect(feedbacks).toEqual([
      { step: 1, state: 'step_started', text: '> move up' },
      { step: -1, state: 'say', text: '"Done."' },
    ]);
  });

  it('says yes to a read-back of a confirmed goal alone', async () => {
    for (const confirmed of [true, false]) {
      const { calls, progress, send, settle } = setUp();
      const { ended } = send('pick up the red cube', confirmed);
      progress.next({ time: 1, kind: 'read_back', text: 'the left one' });
      settle().end({ end: 'unanswered', summary: 'I did not begin: the left one: no.' });
      expect(await ended).toMatchObject({
        status: 'aborted',
        success: false,
        summary: expect.stringMatching(/left one/),
      });
      expect(calls).toEqual(confirmed ? ['hear yes'] : []);
    }
  });

  it('rejects an empty request, and a second goal until the first one has ended, and says why', async () => {
    const { calls, lines, send, settle } = setUp();
    expect(await send('').ended).toEqual({ status: 'rejected' });
    const first = send('wait 20 s');
    expect(await send('open the gripper').ended).toEqual({ status: 'rejected' });
    const reason = '"wait 20 s" is being executed, expected its end or a cancellation first';
    expect(calls).toEqual(['say the request is empty', `say ${reason}`]);
    expect(lines).toContain(`goal "open the gripper" refused: ${reason}`);
    settle().end({ end: 'done', summary: 'Done.' });
    await first.ended;
    const next = send('open the gripper');
    settle().end({ end: 'done', summary: 'Done.' });
    expect(await next.ended).toMatchObject({ status: 'succeeded' });
  });

  it('is canceled by its client, and aborted when the node cancels it or the supervisor stops the arm', async () => {
    const { action, send, settle } = setUp();
    const canceled = send('wait 20 s');
    canceled.cancel();
    await vi.advanceTimersByTimeAsync(100);
    expect(await canceled.ended).toMatchObject({ status: 'canceled', success: false, end: 'cancelled' });
    const held = send('wait 20 s');
    action.cancel('held by the operator');
    expect(await held.ended).toMatchObject({ status: 'aborted', end: 'cancelled' });
    const stopped = send('wait 20 s');
    settle().end({ end: 'stopped', summary: 'The supervisor has stopped the arm.' });
    expect(await stopped.ended).toMatchObject({ status: 'aborted', end: 'stopped' });
    expect(action.isActive).toBe(false);
  });

  it('holds the arm and gives the reason when something fails that a plan needs', async () => {
    const { action, calls, send, settle } = setUp();
    const { ended } = send('pick up the red cube');
    settle().fail(new Error('camera front: no picture within 1 s'));
    expect(await ended).toMatchObject({ status: 'aborted', summary: 'camera front: no picture within 1 s' });
    expect(calls).toEqual(['hold']);
    expect(action.isActive).toBe(false);
  });
});
