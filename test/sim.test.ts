import { type ArmCommand, CommandError, InputError, type JointState, quaternion } from '@praxis/core';
import { type RobotUnderTest, robotConformance } from '@praxis/core/conformance';
import { RecedingHorizon } from '@praxis/policy';
import {
  armModel,
  Episode,
  type EpisodeOptions,
  type EpisodeResult,
  pick,
  runEpisode,
  sort,
  type Task,
  type World,
} from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildScene } from '../sim/src/episode/scene.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';

const SEEDS = [2_000_000, 2_000_001, 2_000_002];
const CONTROL_PERIOD_S = 0.002;
const worlds: World[] = [];
afterAll(() => {
  for (const world of worlds) world.close();
});

/** Creates the simulated robot in a scene without a loop that commands it. */
async function bareRobot(task: Task = pick, seed = 3) {
  const instance = task.draw({ seed, wordings: 'train', swap: false });
  const built = await buildScene(armModel(armUrdf()), instance, drawConditions(seed, armModel(armUrdf())), seed);
  worlds.push(built.world);
  return built;
}

const expertOn = (task: Task, seed: number, more: Partial<EpisodeOptions> = {}): EpisodeOptions => ({
  task,
  seed,
  urdf: armUrdf(),
  policy: 'expert',
  scheduler: new RecedingHorizon(),
  ...more,
});

describe('SimRobot conforms to Robot', () => {
  const make = async (): Promise<RobotUnderTest> => {
    const { robot } = await bareRobot();
    return {
      robot,
      advance: async (seconds) => {
        for (let i = Math.round(seconds / CONTROL_PERIOD_S); i > 0; i--) robot.step();
      },
    };
  };
  for (const { name, run } of robotConformance(make)) it(name, run);
});

describe.each([pick, sort])('the expert on $name', (task) => {
  const results: EpisodeResult[] = [];
  beforeAll(async () => {
    for (const seed of SEEDS) results.push(await runEpisode(expertOn(task, seed)));
  });

  it(`succeeds on ${SEEDS.length} seeds and follows the instruction`, () => {
    for (const { seed, success, instructionFollowed, failure } of results) {
      expect({ seed, success, instructionFollowed, failure }).toEqual({
        seed,
        success: true,
        instructionFollowed: true,
        failure: undefined,
      });
    }
  });

  it('never leaves the arm without actions, and its result is consistent', () => {
    for (const result of results) {
      expect(result.missedDeadlines).toBe(0);
      expect(result.timeS).toBeCloseTo(result.steps * CONTROL_PERIOD_S, 6);
      expect(result.policyMs.length).toBeGreaterThan(result.timeS / 0.1 - 3);
      expect(result.peakForceN).toBeGreaterThan(0);
    }
  });

  it('is bit-identical for the same seed, and different for another', async () => {
    const again = await runEpisode(expertOn(task, SEEDS[0]));
    const timeless = ({ policyMs: _, wallS: __, ...rest }: EpisodeResult) => rest;
    expect(timeless(again)).toEqual(timeless(results[0]));
    expect(again.actionsSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(results.map(({ actionsSha256 }) => actionsSha256)).size).toBe(SEEDS.length);
  });

  it('takes another object when the instruction names it', async () => {
    const swapped = await runEpisode(expertOn(task, SEEDS[1], { swap: true }));
    expect(swapped.instruction).not.toBe(results[1].instruction);
    expect(swapped).toMatchObject({ success: true, instructionFollowed: true });
    expect(swapped.actionsSha256).not.toBe(results[1].actionsSha256);
  });
});

describe('the wrist sensor behind gravity compensation', () => {
  it('measures no force with an empty gripper, and the weight of each box that hangs in it', async () => {
    const episode = await Episode.create(expertOn(sort, 2_000_000));
    /** For each held mass (kg), the sum of the forces in the world frame (N) and their count. */
    const contactForces = new Map<number, { count: number; sum: number[] }>();
    const sensor = 4 * episode.world.body('ft_sensor_link');
    const tool = 3 * episode.world.body('tool0');
    episode.loop.derived.stream('wrench.contact').subscribe(({ value }) => {
      const { annotation } = episode.expert;
      const lifted = episode.world.view('xpos')[tool + 2] > 0.11;
      if (!annotation || !lifted || (!annotation.grasped && annotation.phase !== 'reach')) return;
      const [w, x, y, z] = episode.world.view('xquat').subarray(sensor, sensor + 4);
      const force = [0, 0, 0];
      quaternion.rotate([x, y, z, w], value as Float64Array, force);
      const entry = contactForces.get(annotation.heldMass) ?? { count: 0, sum: [0, 0, 0] };
      entry.count++;
      for (let i = 0; i < 3; i++) entry.sum[i] += force[i];
      contactForces.set(annotation.heldMass, entry);
    });
    await episode.run();
    await episode.close();
    expect([...contactForces.keys()].sort()).toEqual([0, 0.1, 0.4]);
    for (const [mass, { count, sum }] of contactForces) {
      const [x, y, z] = sum.map((v) => v / count);
      expect(count).toBeGreaterThan(50);
      // The tolerance covers the sensor's drift over the episode, 0.01 N/s, and the arm's own acceleration.
      expect(Math.abs(z + 9.81 * mass)).toBeLessThan(0.3);
      expect(Math.hypot(x, y)).toBeLessThan(0.3);
    }
  });
});

describe('a command with NaN', () => {
  it('is refused in one line, and the arm stays where it is', async () => {
    const { robot } = await bareRobot(sort, 5);
    await robot.start();
    let joints: JointState | undefined;
    robot.stream('joints').subscribe(({ value }) => {
      joints = value as JointState;
    });
    const run = (steps: number) => {
      for (let k = 0; k < steps; k++) robot.step();
      return joints!.position.slice(0, 7);
    };
    const before = run(250);
    const send = (value: ArmCommand) => () =>
      robot.command('arm', { value, stamp: robot.clock.now(), received: robot.clock.now() });
    const broken = before.map((q) => q + 0.5);
    broken[3] = Number.NaN;
    expect(send({ position: broken, gripperWidth: 0.04 })).toThrow(
      new CommandError('arm: joint4 is NaN, expected a finite angle'),
    );
    expect(send({ position: before, gripperWidth: Number.NaN })).toThrow(CommandError);
    run(250).forEach((q, i) => {
      expect(Math.abs(q - before[i])).toBeLessThan(1e-3);
    });
    await robot.stop();
  });
});

describe('bad input is refused in one clear line', () => {
  const link = (inner: string) => armUrdf().replace('</robot>', `${inner}</robot>`);
  const extra = (shape: string) =>
    link(
      `<link name="hook">${shape}</link><joint name="hang" type="fixed"><parent link="tool0"/><child link="hook"/></joint>`,
    );
  const mesh = '<geometry><mesh filename="package://gone/hook.stl"/></geometry>';
  const bad: readonly (readonly [string, Partial<EpisodeOptions>, RegExp])[] = [
    ['a negative seed', { seed: -1 }, /^seed -1: expected a whole number from 0 to 2147483647$/],
    ['a seed that is too large', { seed: 2 ** 31 }, /^seed 2147483648: expected/],
    ['a fractional seed', { seed: 0.5 }, /^seed 0.5: expected/],
    ['a URDF that is not XML', { urdf: 'arm' }, /^the arm/],
    ['a truncated URDF', { urdf: armUrdf().slice(0, 3000) }, /^the arm/],
    [
      'a robot without the link tool0',
      { urdf: '<robot name="r"><link name="base_link"/></robot>' },
      /tool0|ft_sensor_link/,
    ],
    ['a missing collision mesh', { urdf: extra(`<collision>${mesh}</collision>`) }, /mesh "?package:..gone.hook.stl/],
    ['a missing visual mesh', { urdf: extra(`<visual>${mesh}</visual>`) }, /mesh "?package:..gone.hook.stl/],
  ];

  it.each(bad)('%s', async (_, options, line) => {
    const error = await Episode.create(expertOn(pick, 1, options)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(line);
    expect((error as Error).message.split('\n')).toHaveLength(1);
  });
});
