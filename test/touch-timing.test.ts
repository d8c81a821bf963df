import { fileURLToPath } from 'node:url';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, type EpisodeOptions, pick, press, runEpisode, SHIPPED_FAULTS, type TouchTiming } from '@praxis/sim';
import { armUrdf, openRobotSource } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

const arm5 = await openRobotSource(fileURLToPath(new URL('../robots/arm5', import.meta.url)));
const DELAY_S = 0.3;
const DELAYED = { kind: 'delay', seconds: DELAY_S } as const;
const SHUFFLED = { kind: 'shuffled' } as const;

const options = (more: Partial<EpisodeOptions> = {}): EpisodeOptions => ({
  ...{ task: pick, seed: 2_000_011, urdf: armUrdf(), policy: 'expert', scheduler: new RecedingHorizon() },
  ...more,
});

/** Means of the vertical force over 0.1 s (N), by the stamps of the readings. */
async function forces(touch: TouchTiming | undefined): Promise<readonly number[]> {
  const episode = await Episode.create(options({ touch, safety: 'off' }));
  const sums: number[] = [];
  episode.robot.stream('wrench').subscribe(({ value, stamp }) => {
    const tenth = Math.floor(stamp * 10);
    sums[tenth] = (sums[tenth] ?? 0) + (value as Float64Array)[2] / 50;
  });
  while (await episode.step());
  await episode.close();
  // The last one is not full.
  return sums.slice(0, -1);
}

describe('touch of another moment', () => {
  it('shows the force of some time ago, with the stamps of now', async () => {
    const [now, delayed] = [await forces(undefined), await forces(DELAYED)];
    const lag = DELAY_S * 10;
    const differences = delayed.slice(lag).map((force, i) => Math.abs(force - now[i]));
    expect(differences.length).toBeGreaterThan(40);
    expect(Math.max(...differences)).toBeLessThan(0.5);
    expect(Math.max(...delayed.map((force, i) => Math.abs(force - now[i])))).toBeGreaterThan(1);
  });

  it('changes what a compliant tool does, as a function of the seed', async () => {
    const run = async (touch?: TouchTiming) =>
      (await runEpisode(options({ task: press, touch, safety: 'off' }))).actionsSha256;
    const digests = [await run(), await run(DELAYED), await run(SHUFFLED)];
    expect(new Set(digests).size).toBe(3);
    expect([await run(), await run(DELAYED), await run(SHUFFLED)]).toEqual(digests);
  });

  it('changes nothing for the judge: the expert, who feels nothing here, moves and succeeds as without', async () => {
    const [usual, delayed] = [
      await runEpisode(options()),
      await runEpisode(options({ touch: DELAYED, safety: 'off' })),
    ];
    expect(delayed).toMatchObject({ success: true, actionsSha256: usual.actionsSha256 });
  });

  it('reaches the supervisor too, which stops for a strike so much later', async () => {
    const fault = SHIPPED_FAULTS.find(({ name }) => name === 'arm_struck')!;
    const [usual, delayed] = [
      await runEpisode(options({ fault })),
      await runEpisode(options({ fault, touch: DELAYED })),
    ];
    expect(usual.fault!.injectedS).toBe(delayed.fault!.injectedS);
    expect(delayed.fault!.holdMs! - usual.fault!.holdMs!).toBeCloseTo(1000 * DELAY_S, 6);
    // The force is measured in physics, not by the sensor.
    expect(delayed.fault!.peakForceN).toBeGreaterThan(usual.fault!.peakForceN);
  });

  it('is refused for a robot without a force sensor', async () => {
    const choice = { robot: arm5, urdf: undefined, touch: DELAYED };
    await expect(Episode.create(options(choice))).rejects.toThrow(/^touch delay:0\.3: robot arm5 has no force sensor$/);
  });
});
