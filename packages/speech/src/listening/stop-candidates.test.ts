import { describe, expect, it } from 'vitest';
import type { StopCandidate } from '../recognition/stop-event.ts';
import { CANDIDATE_TIMEOUT_S, StopCandidates } from './stop-candidates.ts';

const halt: StopCandidate = { word: 'halt', end: 10, detected: 10.1, by: 'stop words', confidence: 'low' };
const text = 'take hold of the cube';
const command = { contrast: 40, text, confidence: 0.7 };
const other = { contrast: 40, text, confidence: 0.4 };

describe('StopCandidates', () => {
  it('drops a candidate inside an understood command', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...command, end: 10.5 })).toEqual([]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('returns the last word of an utterance that is no command', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...other, end: 10.5 })).toEqual([halt]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('returns a candidate that is not resolved in time', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.expire(10 + CANDIDATE_TIMEOUT_S)).toEqual([]);
    expect(candidates.expire(10.1 + CANDIDATE_TIMEOUT_S)).toEqual([halt]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('drops a candidate in the middle of an utterance', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...other, end: 11 })).toEqual([]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('returns a candidate in loud noise unless the command has a high confidence', () => {
    for (const [confidence, stops] of [
      [0.4, [halt]],
      [0.7, [halt]],
      [0.95, []],
    ] as const) {
      const candidates = new StopCandidates();
      candidates.push(halt);
      expect(candidates.resolve({ end: 12, contrast: 10, text, confidence })).toEqual(stops);
    }
  });

  it('returns a candidate inside a command of one word', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...command, end: 10.5, text: 'hold' })).toEqual([halt]);
  });

  it('keeps a candidate that ends after the utterance', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...command, end: 9 })).toEqual([]);
    expect(candidates.resolve({ ...other, end: 10 })).toEqual([halt]);
  });

  it('returns a candidate of medium confidence at a pause after it, and keeps it while speech continues', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.onSilence(10)).toEqual([]);
    const probable = { ...halt, confidence: 'medium' as const };
    candidates.push(probable);
    expect(candidates.onSilence(10.5)).toEqual([]);
    expect(candidates.onSilence(10.1)).toEqual([probable]);
    expect(candidates.onSilence(10.1)).toEqual([]);
    expect(candidates.resolve({ ...command, end: 10.5 })).toEqual([]);
  });
});
