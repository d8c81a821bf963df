import { describe, expect, it } from 'vitest';
import { Levels } from './levels.ts';

/** A second of speech, -20 dB, between noise of so many dB. */
function spoken(noise: number): Levels {
  const levels = new Levels();
  for (let frame = 0; frame < 90; frame++) levels.push(frame >= 30 && frame < 60 ? -20 : noise);
  return levels;
}

describe('Levels', () => {
  it('tell by how much speech stands out of the noise', () => {
    expect(spoken(-36).contrastSince(0.3)).toBe(16);
    expect(spoken(Number.NEGATIVE_INFINITY).contrastSince(0.3)).toBe(80);
    expect(spoken(-20).contrastSince(0.3)).toBe(0);
    expect(new Levels().contrastSince(0)).toBe(0);
  });

  it('go by what is asked for: an utterance, or what was of late', () => {
    const levels = spoken(-60);
    expect(levels.contrastOf(1.6)).toBe(40);
    expect(levels.contrastOf(0.5)).toBe(0);
    for (let frame = 0; frame < 30; frame++) levels.push(-30);
    expect(levels.contrastSince(2.88)).toBe(0);
  });

  it('are forgotten after 14 s', () => {
    const levels = spoken(-60);
    for (let frame = 0; frame < 14 / 0.032; frame++) levels.push(-30);
    expect(levels.contrastSince(0)).toBe(0);
    expect(levels.contrastOf(1000)).toBe(0);
  });
});
