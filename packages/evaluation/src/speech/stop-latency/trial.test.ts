import { RecedingHorizon } from '@praxis/policy';
import { pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { Language } from '@praxis/teleop';
import { afterEach, describe, expect, it } from 'vitest';
import { DrivenArm } from '../../teleoperation/driven-arm.ts';
import type { TimedStopEvent } from './microphone.ts';
import { runStopTrial } from './trial.ts';

/** Time from the beginning of the sound to the end of the word, and duration of the sound (s). */
const [WORD_END_S, SOUND_DURATION_S] = [1.2, 1.8];
let arm: DrivenArm;
afterEach(() => arm.close());

/** Runs a trial with a microphone that detects the given stop. */
async function trial(mover: 'policy' | 'words', stop: Partial<TimedStopEvent> | undefined, moving = 1) {
  arm = await DrivenArm.create({
    task: pick,
    seed: 2_000_000,
    urdf: armUrdf(),
    policy: 'expert',
    scheduler: new RecedingHorizon(),
    language: new Language(),
  });
  let over = false;
  const detected: TimedStopEvent = {
    ...{ word: 'stop', end: WORD_END_S, by: 'stop words', at: WORD_END_S + 0.1, compute: 0.01 },
    ...stop,
  };
  const microphone = {
    get isFinished() {
      return over;
    },
    async playUntil(time: number) {
      over = time >= SOUND_DURATION_S;
      return stop && time >= detected.at - detected.compute ? detected : undefined;
    },
    flush: async () => undefined,
  };
  return runStopTrial(arm, { mover, direction: 'left', end: WORD_END_S, moving }, microphone);
}

describe('a stop word while the arm moves', () => {
  it.each(['policy', 'words'] as const)('moved by %s: measures the times of detection and rest', async (mover) => {
    const result = await trial(mover, {});
    expect(result).toMatchObject({ kind: 'stopped', by: 'stop words' });
    if (result.kind !== 'stopped') return;
    const { detectionDelay, rest, distance, compute } = result.times;
    // A period of the simulation is 2 ms.
    expect(detectionDelay).toBeGreaterThanOrEqual(0.1 - 1e-9);
    expect(detectionDelay).toBeLessThan(0.104);
    expect(rest).toBeGreaterThan(0.02);
    expect(rest).toBeLessThan(0.4);
    expect(distance).toBeGreaterThan(0.002);
    expect(distance).toBeLessThan(0.1);
    expect(compute).toBe(0.01);
    expect(arm.supervisionPhase).toBe('stopped');
  });

  it('increases the travel when the detection takes longer', async () => {
    const soon = await trial('words', {});
    await arm.close();
    const late = await trial('words', { at: WORD_END_S + 0.3, compute: 0.21 });
    if (soon.kind !== 'stopped' || late.kind !== 'stopped') throw new Error(`${soon.kind}, ${late.kind}`);
    expect(late.times.detectionDelay - soon.times.detectionDelay).toBeCloseTo(0.2, 2);
    // The arm moves at 10 cm/s.
    expect(late.times.distance - soon.times.distance).toBeCloseTo(0.02, 2);
  });

  it('is missed without a detection, and false with a detection before the word', async () => {
    expect(await trial('words', undefined)).toEqual({ kind: 'missed' });
    await arm.close();
    expect(await trial('words', { end: 0.3, at: 0.4 })).toEqual({ kind: 'false stop' });
  });

  it('stops nothing after the end of the motion', async () => {
    expect(await trial('words', {}, 5)).toEqual({ kind: 'at rest before' });
  });
});
