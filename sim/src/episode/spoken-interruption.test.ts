import { describe, expect, it } from 'vitest';
import type { Interruption } from '../tasks/task.ts';
import { SpokenInterruption } from './spoken-interruption.ts';

/** Words that end at 2 s, and an account of what became of them. */
function setUp(kind: Interruption['kind']) {
  const account: string[] = [];
  const interruption: Interruption = {
    ...{ kind, text: 'the blue one instead', time: 2 },
    hear: () => account.push('heard'),
    react: (delay) => account.push(`reaction ${delay.toFixed(3)}`),
  };
  const listener = { stop: () => account.push('stop'), instruct: (text: string) => account.push(text) };
  return { account, spoken: new SpokenInterruption(interruption, 0.02, listener) };
}

describe('spoken words in an episode', () => {
  it('reach the policy 0.1 s after they end, once', () => {
    const { account, spoken } = setUp('instead');
    for (const now of [1.9, 2, 2.09]) spoken.advance(now, false);
    expect(account).toEqual([]);
    for (const now of [2.1, 2.2, 2.3]) spoken.advance(now, false);
    expect(account).toEqual(['heard', 'the blue one instead']);
  });

  it('are acted on by the first chunk from an observation after them, with the delay of the actions', () => {
    const { account, spoken } = setUp('softer');
    spoken.observeChunk(1.9, 1.95);
    spoken.advance(2.1, false);
    spoken.observeChunk(2.05, 2.12);
    expect(spoken.result).toEqual({ kind: 'softer', reactionS: undefined });
    spoken.observeChunk(2.15, 2.18);
    spoken.observeChunk(2.25, 2.28);
    expect(account.slice(2)).toEqual(['reaction 0.200']);
    expect(spoken.result.reactionS).toBeCloseTo(0.2, 9);
  });

  it('"stop" goes to the supervisor, and its reaction is the stop, not a chunk', () => {
    const { account, spoken } = setUp('stop');
    spoken.advance(2.1, false);
    spoken.observeChunk(2.12, 2.15);
    expect(account).toEqual(['heard', 'stop']);
    spoken.advance(2.102, true);
    expect(account.slice(2)).toEqual(['reaction 0.122']);
  });
});
