import { type ActionBlock, type ActionSpec, BindError, InputError, type Observation, type Policy } from '@praxis/core';
import { type RobotUnderTest, robotConformance } from '@praxis/core/conformance';
import { checkPolicy } from '@praxis/evaluation';
import type { SafetyEvent } from '@praxis/safety';
import {
  type Episode,
  free,
  MotionGroundTruth,
  pick,
  robotSetup,
  SHIPPED_FAULTS,
  safetyOf,
  type World,
} from '@praxis/sim';
import { afterEach, describe, expect, it } from 'vitest';
import example, { LEFT_WIDTH_M, RADIUS_M, RIGHT_OPENING, SWING_RAD } from '../examples/two-arms/policy.ts';
import { buildScene } from '../sim/src/episode/scene.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';
import { episodesOf, openShippedRobot, runUntil } from './free-episode.ts';

const HORIZON = 8;
const PERIOD_S = 0.05;
const robot = await openShippedRobot('two_arms');
const setup = robotSetup(robot);
const [left, right] = setup.arms;
const start = episodesOf(robot);

/** Moves both arms by joint positions (rad): functions of the time (s) for the joints that differ from home. */
function jointPolicy(motions: Record<'left' | 'right', Record<string, (time: number) => number>>): Policy {
  const action = (group: 'left' | 'right'): ActionSpec => ({
    ...{ name: `${group}.arm`, group, space: 'joint_position', frame: '', unit: 'rad' },
    names: (group === 'left' ? left : right).joints,
  });
  const block = (group: 'left' | 'right', stamp: number): ActionBlock => {
    const { joints, home } = group === 'left' ? left : right;
    const rows = Array.from({ length: HORIZON }, (_, k) =>
      joints.map((joint, i) => motions[group][joint.replace(`${group}_`, '')]?.(stamp + (k + 1) * PERIOD_S) ?? home[i]),
    );
    return { space: 'joint_position', data: Float64Array.from(rows.flat()) };
  };
  return {
    spec: {
      ...{ name: 'joints', inputs: [], actions: [action('left'), action('right')] },
      ...{ horizon: HORIZON, actionPeriod: PERIOD_S, inferencePeriod: 0.1 },
    },
    async infer({ stamp }: Observation) {
      const blocks = { 'left.arm': block('left', stamp), 'right.arm': block('right', stamp) };
      return { stamp, period: PERIOD_S, horizon: HORIZON, blocks, gates: {} };
    },
    reset() {},
    async close() {},
  };
}

const swing = (radPerS: number) => (time: number) => 0.4 * Math.sin(radPerS * time);
const swinging = () => jointPolicy({ left: { waist: swing(2) }, right: { waist: swing(1.5) } });
const position = ({ world }: Episode, joint: string) => world.view('qpos')[world.joint(joint).qpos];
const speed = ({ world }: Episode, joint: string) => world.view('qvel')[world.joint(joint).qvel];
const isStop = ({ from, to }: SafetyEvent) => from === 'running' && to !== 'running';

/** The stops of both arms: group, time (s) and state. */
const stopsOf = (episode: Episode) =>
  episode.supervisor!.log.filter(isStop).map(({ message, time, to }) => [message.split(':')[0], time, to]);

describe('the simulated robot with two arms conforms to Robot', { timeout: 60_000 }, () => {
  const worlds: World[] = [];
  afterEach(() => {
    for (const world of worlds.splice(0)) world.close();
  });
  const make = async (): Promise<RobotUnderTest> => {
    const conditions = drawConditions(3, setup, { start: 'home' });
    const built = await buildScene(setup, free.draw({ seed: 3, wordings: 'train', swap: false }), conditions, 3);
    worlds.push(built.world);
    const advance = async (seconds: number) => {
      for (let i = Math.round(seconds / 0.002); i > 0; i--) built.robot.step();
    };
    return { robot: built.robot, advance };
  };
  for (const { name, run } of robotConformance(make)) it(name, run);
});

describe('two arms on one table', { timeout: 60_000 }, () => {
  it('are each driven by their blocks of one chunk, in spaces of their own', async () => {
    const episode = await start(example());
    const { world } = episode;
    const tool = world.body('left_tool');
    await runUntil(episode, 1);
    const xs: number[] = [];
    const ys: number[] = [];
    let swung = 0;
    for (const end = episode.time + 4; episode.time < end; await episode.step()) {
      const [x, y] = world.bodyPose(tool);
      xs.push(x);
      ys.push(y);
      swung = Math.max(swung, position(episode, 'right_waist'));
    }
    for (const values of [xs, ys]) expect(Math.max(...values) - Math.min(...values)).toBeCloseTo(2 * RADIUS_M, 2);
    expect(swung).toBeCloseTo(SWING_RAD, 2);
    expect(episode.robot.gripper('left').width).toBeCloseTo(LEFT_WIDTH_M, 3);
    expect(episode.robot.gripper('right').width).toBeCloseTo(0.08 * RIGHT_OPENING, 3);
    expect(episode.result()).toMatchObject({
      safety: { state: 'running', limitViolations: { commands: 0, joints: 0 } },
    });
  });

  it.each(['hold', 'stop'] as const)('both stop within the same tick when a person asks for %s', async (kind) => {
    const episode = await start(swinging(), { afterStop: 'wait' });
    await runUntil(episode, 1.5);
    expect(Math.abs(speed(episode, 'right_waist'))).toBeGreaterThan(0.2);
    expect(episode.request(kind)).toEqual({ ok: true });
    const state = kind === 'hold' ? 'hold' : 'protective_stop';
    const [[, time]] = stopsOf(episode);
    expect(stopsOf(episode)).toEqual([
      ['left', time, state],
      ['right', time, state],
    ]);
    expect(episode.request('resetAndStart')).toMatchObject({ ok: false });
    await runUntil(episode, 2.1);
    expect(new MotionGroundTruth(episode.world, setup).standing).toBe(true);
    expect(episode.request('resetAndStart')).toEqual({ ok: true });
    await runUntil(episode, 2.6);
    expect(episode.supervisor!.state).toBe('running');
    expect(Math.abs(speed(episode, 'right_waist'))).toBeGreaterThan(0.1);
  });

  it('both stop within the same tick when the loop falls silent while they move, and stand', async () => {
    const fault = SHIPPED_FAULTS.find(({ name }) => name === 'loop_blocked')!;
    const episode = await start(swinging(), { fault, ends: 'judged' });
    const result = await episode.run();
    const stops = stopsOf(episode);
    expect(stops.map(([group, , state]) => [group, state]).sort()).toEqual([
      ['left', 'hold'],
      ['right', 'hold'],
    ]);
    expect(stops[0][1]).toBe(stops[1][1]);
    expect(result.fault).toMatchObject({ name: 'loop_blocked', standing: true });
    expect(result.fault!.holdMs!).toBeLessThanOrEqual(50);
  });

  it('a contact of the left arm stops the right one within the same tick', async () => {
    // The left tool goes down through the table.
    const down = (time: number) => 0.5 * Math.max(0, time - 0.5) - 0.3;
    const episode = await start(jointPolicy({ left: { shoulder_lift: down }, right: { waist: swing(2) } }), {
      afterStop: 'wait',
    });
    while (episode.supervisor!.stopCause === undefined && episode.time < 5) await episode.step();
    expect(episode.supervisor!.stopCause).toMatchObject({ cause: 'contact', to: 'protective_stop' });
    expect(episode.supervisor!.stopCause!.message).toMatch(/^left: /);
    const [first, second] = stopsOf(episode);
    expect([first[0], second[0]]).toEqual(['left', 'right']);
    expect(second.slice(1)).toEqual(first.slice(1));
    expect(episode.supervisor!.log.find(({ message }) => message.startsWith('right: left stopped'))).toBeDefined();
    await runUntil(episode, episode.time + 1);
    expect(Math.abs(speed(episode, 'right_waist'))).toBeLessThan(0.02);
  });

  describe('that are told to meet', () => {
    // Both reach towards the middle of the table, high enough above it to slide along each other.
    const inwards = (sign: number) => (time: number) => sign * Math.min(1.3, 0.8 * time);
    const reaching = {
      shoulder_lift: (time: number) => Math.min(0.2, time - 0.3),
      elbow: (time: number) => Math.max(-0.4, 0.6 - time),
    };
    const meeting = () =>
      jointPolicy({
        left: { waist: inwards(-1), ...reaching },
        right: { waist: inwards(1), ...reaching },
      });
    const touching = ({ world }: Episode) =>
      world
        .contacts()
        .some(({ bodies }) => ['left_', 'right_'].every((arm) => bodies.some((each) => each.startsWith(arm))));

    it('come near each other, never touch, and nothing stops them', async () => {
      const episode = await start(meeting(), { afterStop: 'wait' });
      const { world } = episode;
      const at = (link: string) => world.bodyPose(world.body(link)).slice(0, 3);
      let least = Number.POSITIVE_INFINITY;
      while (episode.time < 3) {
        await episode.step();
        const [a, b] = [at('left_tool'), at('right_tool')];
        least = Math.min(least, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
        expect(touching(episode)).toBe(false);
      }
      expect(episode.supervisor!.stopCause?.message).toBeUndefined();
      expect(least).toBeLessThan(0.3);
    });

    it('reach beyond the middle of the table where the other arm is away', async () => {
      const aside = jointPolicy({
        left: { waist: (time) => -Math.min(1, 0.8 * time), ...reaching },
        right: { waist: (time) => Math.max(-1.2, -time) },
      });
      const episode = await start(aside);
      const { world } = episode;
      await runUntil(episode, 3);
      expect(episode.supervisor!.stopCause?.message).toBeUndefined();
      expect(world.bodyPose(world.body('left_tool'))[1]).toBeLessThan(-0.03);
    });

    it('collide in physics without a supervisor', async () => {
      const episode = await start(meeting(), { safety: 'off' });
      let met = false;
      while (episode.time < 3 && !met) {
        await episode.step();
        met = touching(episode);
      }
      expect(met).toBe(true);
    });
  });

  it('refuse a policy with a block for an arm that is not there, and the poses of a policy for one arm', async () => {
    const spec = swinging().spec;
    const third: Policy = {
      ...swinging(),
      spec: { ...spec, actions: [...spec.actions!, { ...spec.actions![1], name: 'third.arm', group: 'third' }] },
    };
    await expect(start(third)).rejects.toThrow(
      new BindError('policy joints, action third.arm: robot two_arms has no command group third, only left, right'),
    );
    const { actions: _, ...plain } = spec;
    await expect(start({ ...swinging(), spec: plain })).rejects.toThrow('no command group arm, only left, right');
  });

  it.each([
    ['missing', 'right.arm', (blocks: Record<string, ActionBlock>) => delete blocks['right.arm']],
    [
      'extra',
      'third.arm',
      (blocks: Record<string, ActionBlock>) => Object.assign(blocks, { 'third.arm': blocks['left.arm'] }),
    ],
  ] as const)('refuse a chunk with a block %s, by its name, and do not move', async (_, name, change) => {
    const inner = swinging();
    const policy: Policy = {
      ...inner,
      async infer(observation) {
        const chunk = await inner.infer(observation);
        const blocks = { ...chunk.blocks };
        change(blocks);
        return { ...chunk, blocks };
      },
    };
    const episode = await start(policy);
    await runUntil(episode, 0.5);
    expect(episode.result().policyError).toContain(name);
    expect(Math.abs(position(episode, 'left_waist'))).toBeLessThan(0.001);
    expect(Math.abs(position(episode, 'right_waist'))).toBeLessThan(0.001);
  });

  it('stay at home with the expert of the scene without a task', async () => {
    const episode = await start('expert');
    await runUntil(episode, 1);
    for (const arm of setup.arms) {
      for (const [i, joint] of arm.joints.entries()) expect(position(episode, joint)).toBeCloseTo(arm.home[i], 2);
    }
    expect(episode.supervisor!.state).toBe('running');
  });

  it.each([
    ['the first', undefined, left, right],
    ['the named', 'right', right, left],
  ] as const)(
    '%s does a task behind the supervisors, and the other one keeps its posture',
    async (_, arm, working, other) => {
      const episode = await start('expert', { task: pick, arm, seed: 2_000_000, ends: 'judged' });
      let moved = 0;
      while (await episode.step()) {
        for (const [i, joint] of other.joints.entries()) {
          moved = Math.max(moved, Math.abs(position(episode, joint) - other.home[i]));
        }
      }
      expect(episode.expert.spec.actions?.map(({ group }) => group)).toEqual([working.name, working.name]);
      expect(episode.result()).toMatchObject({
        success: true,
        safety: { state: 'running', falseStops: 0, limitViolations: { commands: 0, joints: 0 } },
      });
      expect(moved).toBeLessThan(0.01);
      const side = Math.sign(episode.world.bodyPose(episode.world.body(`${working.name}_tool`))[1]);
      expect(side).toBe(working === left ? 1 : -1);
    },
  );

  it('are refused by programs for one arm, and an arm that is not there by tasks, by name', async () => {
    await expect(start('expert', { task: pick, arm: 'third' })).rejects.toThrow(
      new InputError('robot two_arms: no arm "third", expected left or right'),
    );
    expect(() => safetyOf(setup)).toThrow(
      'robot two_arms: command groups left, right, expected a robot with one arm here',
    );
  });
});

describe('policy check with two arms', () => {
  it('compares every block with its arm, and says that it tries none', async () => {
    const check = (policy: Policy) => checkPolicy({ policy, robot: { robot }, tasks: [] });
    const good = await check(example());
    expect(good.faults).toEqual([]);
    expect(good.warnings).toEqual([
      {
        severity: 'warning',
        subject: 'probes',
        message: 'left out: the scenes that try a policy take a robot with one arm',
      },
    ]);
    expect(good.actions.map(({ name, offers }) => [name, offers?.split(':')[0]])).toEqual([
      ['left.arm', 'left'],
      ['left.gripper', 'left'],
      ['right.arm', 'right'],
      ['right.gripper', 'right'],
    ]);
  });
});
