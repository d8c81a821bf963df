import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EpisodeSequence, OUTCOME_MS } from './episode-sequence.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function open() {
  const state = { started: 0, may: true };
  const sequence = new EpisodeSequence({ startNext: () => state.started++, mayStart: () => state.may });
  return { state, sequence };
}

describe('EpisodeSequence', () => {
  it('starts the next episode once, after the outcome was visible', () => {
    const { state, sequence } = open();
    sequence.onEpisodeEnd();
    vi.advanceTimersByTime(OUTCOME_MS - 1);
    expect([state.started, sequence.pending]).toEqual([0, true]);
    vi.advanceTimersByTime(1);
    expect([state.started, sequence.pending]).toEqual([1, false]);
    vi.advanceTimersByTime(60_000);
    expect(state.started).toBe(1);
  });

  it('waits while it may not start, as long as a stop latches', () => {
    const { state, sequence } = open();
    state.may = false;
    sequence.onEpisodeEnd();
    vi.advanceTimersByTime(60_000);
    expect([state.started, sequence.pending]).toEqual([0, true]);
    state.may = true;
    vi.advanceTimersByTime(1000);
    expect(state.started).toBe(1);
  });

  it('starts nothing after a cancel', () => {
    const { state, sequence } = open();
    sequence.onEpisodeEnd();
    sequence.cancel();
    vi.advanceTimersByTime(60_000);
    expect([state.started, sequence.pending]).toEqual([0, false]);
  });
});
