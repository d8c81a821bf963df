import { RecedingHorizon } from '@praxis/policy';
import { drawer, Episode, interrupt, press, type Task, taskState } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

/** Seed of a drawer that is latched. */
const LATCHED_SEED = 2;

const open = (task: Task, seed: number) =>
  Episode.create({
    ...{ task, seed, urdf: armUrdf() },
    wordings: 'train',
    policy: 'expert',
    scheduler: new RecedingHorizon(),
  });

/** Runs an episode of the expert; returns its result, its phases, and the force along z that the wrist sensor felt in `press` (N). */
async function play(task: Task, seed: number) {
  const episode = await open(task, seed);
  const phases = new Set<string>();
  const felt: number[] = [];
  episode.loop.derived.stream('wrench.contact').subscribe(({ value }) => {
    // The z axis of the sensor points down.
    if (episode.expert.annotation?.phase === 'press') felt.push(-(value as Float64Array)[2]);
  });
  try {
    while (await episode.step()) phases.add(episode.expert.annotation?.phase ?? 'none');
    return { result: episode.result(), phases, felt };
  } finally {
    await episode.close();
  }
}

describe('press', () => {
  it('is felt at the wrist as a force that rises to the detent and drops behind it, and the expert stops there', async () => {
    const { result, felt } = await play(press, 1);
    expect(result).toMatchObject({ success: true, instructionFollowed: true });
    expect(result.safety).toMatchObject({ falseStops: 0, limitViolations: { commands: 0, joints: 0 } });
    const peak = felt.indexOf(Math.max(...felt));
    const lowest = Math.min(...felt.slice(peak));
    expect(felt[peak]).toBeGreaterThan(3);
    // The dome takes 45 to 60 % of the force of the detent behind it.
    expect(lowest).toBeLessThan(0.75 * felt[peak]);
    expect(felt.slice(0, peak).length).toBeGreaterThan(50);
  });
});

describe('drawer', () => {
  it('is pushed when it is latched, before it is opened', async () => {
    const { result, phases } = await play(drawer, LATCHED_SEED);
    expect(result).toMatchObject({ success: true, instructionFollowed: true });
    expect(result.peakForceN).toBeLessThan(20);
    expect(phases.has('push')).toBe(true);
  });

  it('shows no latch: latched and free drawers stay where they are until the arm comes', async () => {
    const episode = await open(drawer, LATCHED_SEED);
    for (let k = 0; k < 250; k++) await episode.step();
    const state = taskState(episode.world, episode.robot);
    for (const { object } of episode.instance.named) expect(Math.abs(state.slide(object).position)).toBeLessThan(1e-5);
    await episode.close();
  });
});

describe('interrupt', () => {
  it.each([
    ['stop', 0],
    ['instead', 5],
  ])('"%s" is answered within 0.3 s, and done', async (kind, seed) => {
    const { result } = await play(interrupt, seed);
    expect(result).toMatchObject({ success: true, interruption: { kind } });
    expect(result.interruption!.reactionS).toBeGreaterThan(0.1);
    expect(result.interruption!.reactionS).toBeLessThanOrEqual(0.3);
    expect(result.safety!.falseStops).toBe(0);
  });
});
