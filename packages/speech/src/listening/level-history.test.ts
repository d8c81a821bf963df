import { describe, expect, it } from 'vitest';
import { LevelHistory } from './level-history.ts';

/** A second of speech at -20 dB between seconds of noise at the given level (dB). */
function speechInNoise(noise: number): LevelHistory {
  const levels = new LevelHistory();
  for (let frame = 0; frame < 90; frame++) levels.append(frame >= 30 && frame < 60 ? -20 : noise);
  return levels;
}

describe('LevelHistory', () => {
  it('measures the level of speech above the noise', () => {
    expect(speechInNoise(-36).contrastDb(0.3, 1.92)).toBe(16);
    expect(speechInNoise(Number.NEGATIVE_INFINITY).contrastDb(0.3, 1.92)).toBe(80);
    expect(speechInNoise(-20).contrastDb(0.3, 1.92)).toBe(0);
    expect(new LevelHistory().contrastDb(0, 0)).toBe(0);
  });

  it('measures between the given times only', () => {
    const levels = speechInNoise(-60);
    for (let frame = 0; frame < 30; frame++) levels.append(-30);
    expect(levels.contrastDb(2.88, 3)).toBe(0);
  });

  it('uses the noise after the utterance where it is louder: a noise that starts has no contrast', () => {
    const levels = speechInNoise(-60);
    expect(levels.contrastDb(0.3, 1.92)).toBe(40);
    for (let frame = 0; frame < 30; frame++) levels.append(-30);
    expect(levels.contrastDb(0.3, 2.88)).toBe(10);
    const motor = new LevelHistory();
    for (let frame = 0; frame < 20; frame++) motor.append(frame < 8 ? -80 : -30);
    // The rest after an utterance that was cut off is too short to measure the noise.
    expect(motor.contrastDb(0, 0.64)).toBe(50);
    expect(motor.contrastDb(0, 0.4)).toBe(0);
  });

  it('measures the level of the speech', () => {
    expect(speechInNoise(-60).loudnessDb(0.96, 1.92)).toBe(-20);
    expect(speechInNoise(-60).loudnessDb(0, 0.9)).toBe(-60);
  });

  it('forgets levels after 14 s', () => {
    const levels = speechInNoise(-60);
    for (let frame = 0; frame < 14 / 0.032; frame++) levels.append(-30);
    expect(levels.contrastDb(0, 100)).toBe(0);
  });
});
