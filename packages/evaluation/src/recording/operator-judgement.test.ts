import { describe, expect, it } from 'vitest';
import { checkedNote, judgementFacts, judgementWords, recordedJudgement, succeeded } from './operator-judgement.ts';

describe('the judgement of a person', () => {
  it('is read back from the facts of a recording as it was given', () => {
    for (const judgement of [{}, { outcome: 'failure' }, { note: 'late' }, { outcome: 'success', note: 'ok' }] as const)
      expect(recordedJudgement('a.mcap', judgementFacts(judgement))).toEqual(judgement);
    expect(judgementFacts({ note: '' })).toEqual({});
    expect(recordedJudgement('a.mcap', undefined)).toEqual({});
  });

  it('counts before that of the task, which counts without it', () => {
    expect(succeeded({ outcome: 'success' }, { outcome: 'failure' })).toBe(true);
    expect(succeeded({ outcome: 'failure' }, { outcome: 'success' })).toBe(false);
    expect(succeeded({ note: 'slow' }, { outcome: 'success' })).toBe(true);
    expect(succeeded({}, { outcome: 'no_verdict' })).toBe(false);
    expect(succeeded({})).toBe(false);
  });

  it('refuses another outcome, and a note that is no line or too long', () => {
    expect(() => recordedJudgement('a.mcap', { operator_outcome: 'maybe' })).toThrow(
      'a.mcap: its operator_outcome is maybe, expected success or failure',
    );
    expect(checkedNote('  slow ')).toBe('slow');
    expect(() => checkedNote('two\nlines')).toThrow('note: has several lines');
    expect(() => checkedNote('x'.repeat(1001))).toThrow('note: has 1001 characters, expected at most 1000');
  });

  it('is one line for people', () => {
    expect(judgementWords({})).toBe('');
    expect(judgementWords({ outcome: 'failure', note: 'dropped it' })).toBe('failure, "dropped it"');
  });
});
