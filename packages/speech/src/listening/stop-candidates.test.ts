import { describe, expect, it } from 'vitest';
import type { StopCandidate } from '../recognition/stop-event.ts';
import { CANDIDATE_TIMEOUT_S, StopCandidates } from './stop-candidates.ts';

const halt: StopCandidate = { word: 'halt', end: 10, detected: 10.1, by: 'stop words', confidence: 'low' };
const text = 'take hold of the cube';
const command = { contrast: 40, text, confidence: 0.7 };
const other = { contrast: 40, text, confidence: 0.4 };

describe('what may have been a stop word', () => {
  it('was none where a command was understood', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...command, end: 10.5 })).toEqual([]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('was one where no command was understood', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...other, end: 10.5 })).toEqual([halt]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('was one when nobody says otherwise in time', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.expire(10 + CANDIDATE_TIMEOUT_S)).toEqual([]);
    expect(candidates.expire(10.1 + CANDIDATE_TIMEOUT_S)).toEqual([halt]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('was none in the middle of something else', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...other, end: 11 })).toEqual([]);
    expect(candidates.expire(20)).toEqual([]);
  });

  it('was one in loud noise, unless a command was quite clear', () => {
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

  it('was one where so few words were understood that it may be all of them', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...command, end: 10.5, text: 'hold' })).toEqual([halt]);
  });

  it('does not go away with the command before it', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.resolve({ ...command, end: 9 })).toEqual([]);
    expect(candidates.resolve({ ...other, end: 10 })).toEqual([halt]);
  });

  it('that is likely is one when nobody speaks on, and waits when somebody does', () => {
    const candidates = new StopCandidates();
    candidates.push(halt);
    expect(candidates.onSilence(10)).toEqual([]);
    const likely = { ...halt, confidence: 'medium' as const };
    candidates.push(likely);
    expect(candidates.onSilence(10.5)).toEqual([]);
    expect(candidates.onSilence(10.1)).toEqual([likely]);
    expect(candidates.onSilence(10.1)).toEqual([]);
    expect(candidates.resolve({ ...command, end: 10.5 })).toEqual([]);
  });
});
