import { describe, expect, it } from 'vitest';
import { LevelHistory } from './level-history.ts';

/** A second of speech, -20 dB, between noise of so many dB. */
function spoken(noise: number): LevelHistory {
  const levels = new LevelHistory();
  for (let frame = 0; frame < 90; frame++) levels.append(frame >= 30 && frame < 60 ? -20 : noise);
  return levels;
}

describe('Levels', () => {
  it('tell by how much speech stands out of the noise', () => {
    expect(spoken(-36).contrastDb(0.3, 1.92)).toBe(16);
    expect(spoken(Number.NEGATIVE_INFINITY).contrastDb(0.3, 1.92)).toBe(80);
    expect(spoken(-20).contrastDb(0.3, 1.92)).toBe(0);
    expect(new LevelHistory().contrastDb(0, 0)).toBe(0);
  });

  it('go by the utterance that is asked for', () => {
    const levels = spoken(-60);
    for (let frame = 0; frame < 30; frame++) levels.append(-30);
    expect(levels.contrastDb(2.88, 3)).toBe(0);
  });

  it('are those of the noise afterwards when that is louder: a noise that sets in stands out of nothing', () => {
    const levels = spoken(-60);
    expect(levels.contrastDb(0.3, 1.92)).toBe(40);
    for (let frame = 0; frame < 30; frame++) levels.append(-30);
    expect(levels.contrastDb(0.3, 2.88)).toBe(10);
    const motor = new LevelHistory();
    for (let frame = 0; frame < 20; frame++) motor.append(frame < 8 ? -80 : -30);
    // The end of an utterance that was cut off tells nothing of the noise.
    expect(motor.contrastDb(0, 0.64)).toBe(50);
    expect(motor.contrastDb(0, 0.4)).toBe(0);
  });

  it('tell how loud an utterance was', () => {
    expect(spoken(-60).loudnessDb(0.96, 1.92)).toBe(-20);
    expect(spoken(-60).loudnessDb(0, 0.9)).toBe(-60);
  });

  it('are forgotten after 14 s', () => {
    const levels = spoken(-60);
    for (let frame = 0; frame < 14 / 0.032; frame++) levels.append(-30);
    expect(levels.contrastDb(0, 100)).toBe(0);
  });
});
