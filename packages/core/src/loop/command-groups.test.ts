import { describe, expect, it } from 'vitest';
import { ACTION_SPACES } from '../actions/spaces.ts';
import type { ActionBlock, ActionChunk, ActionSpec } from '../actions/specs.ts';
import type { Observation, Policy } from '../ports/policy.ts';
import { ARMS, MobileRobot } from '../testing/mobile-robot.ts';
import { NewestChunk } from '../testing/newest-chunk.ts';
import { HOME_JOINTS_RAD } from '../testing/serial-arm.ts';
import { ControlLoop } from './control-loop.ts';
import type { LoopEvent } from './events.ts';
import type { ControlLoopOptions } from './options.ts';

const HORIZON = 4;
const action = (name: string, space: ActionSpec['space'], more: Partial<ActionSpec> = {}): ActionSpec => {
  const { names = [], unit = '1' } = ACTION_SPACES[space];
  return { name, space, names, unit, frame: '', ...more };
};
const LEFT = action('left', 'ee_pose', { group: 'left' });
const RIGHT = action('right', 'joint_position', { group: 'right', names: ARMS.right.jointNames, unit: 'rad' });
const LEFT_GRIP = action('left_grip', 'gripper', { group: 'left', names: ['opening'], unit: '1' });
const BASE = action('base', 'base_twist', { group: 'base', names: ['wz', 'vx'], unit: ['rad/s', 'm/s'] });

/** A chunk whose rows are equal. */
const chunkOf = (
  stamp: number,
  actions: readonly ActionSpec[],
  rows: Record<string, readonly number[]>,
): ActionChunk => {
  const blocks: Record<string, ActionBlock> = {};
  for (const { name, space } of actions) {
    blocks[name] = { space, data: Float64Array.from(Array.from({ length: HORIZON }, () => rows[name]).flat()) };
  }
  return { stamp, period: 0.05, horizon: HORIZON, blocks, gates: {} };
};

function setUp(
  actions: readonly ActionSpec[],
  rowsAt: (time: number) => Record<string, readonly number[]>,
  options: Partial<ControlLoopOptions> = {},
) {
  const robot = new MobileRobot();
  const policy: Policy = {
    spec: { name: 'p', inputs: [], actions, horizon: HORIZON, actionPeriod: 0.05, inferencePeriod: 0.1 },
    infer: async ({ stamp }: Observation) => chunkOf(stamp, actions, rowsAt(stamp)),
    reset() {},
    async close() {},
  };
  const loop = new ControlLoop({
    robot,
    policy,
    kinematics: ARMS.left,
    command: 'left',
    fingerJoints: ['left_finger'],
    arms: { right: { kinematics: ARMS.right, fingerJoints: ['right_finger'] } },
    scheduler: new NewestChunk(),
    inference: { kind: 'simulated', delay: 0.01 },
    ...options,
  });
  const events: LoopEvent[] = [];
  loop.events$.subscribe((event) => events.push(event));
  loop.start();
  const run = async (seconds: number) => {
    for (let i = Math.round(seconds / 0.002); i > 0; i--) {
      robot.step();
      await loop.ready();
      loop.tick();
    }
  };
  return { robot, loop, run, events };
}

const HOME_POSE = (() => {
  const pose = new Float64Array(7);
  ARMS.left.forward(HOME_JOINTS_RAD, pose);
  return [...pose];
})();
const poseOf = (joints: Float64Array): Float64Array => {
  const pose = new Float64Array(7);
  ARMS.left.forward(joints, pose);
  return pose;
};
const bent = [...HOME_JOINTS_RAD].map((q, i) => (i === 5 ? q - 0.3 : q));
const ALL = [LEFT, LEFT_GRIP, RIGHT, BASE];
const moving = () => ({
  left: [HOME_POSE[0] + 0.05, ...HOME_POSE.slice(1)],
  left_grip: [0.75],
  right: bent,
  base: [0.4, 0.2],
});

describe('several command groups in one loop', () => {
  it('drives two arms in their own spaces, a gripper by its opening and a base, by the blocks of one chunk', async () => {
    const { robot, run, loop, events } = setUp(ALL, moving, { controller: { gripperRange: [0.01, 0.07] } });
    await run(1.5);
    expect(events.filter(({ kind }) => kind === 'policy_error')).toEqual([]);
    expect(poseOf(robot.position.left)[0]).toBeCloseTo(HOME_POSE[0] + 0.05, 3);
    expect(robot.width.left).toBeCloseTo(0.055, 6);
    for (const [i, q] of bent.entries()) expect(robot.position.right[i]).toBeCloseTo(q, 6);
    // The command has vx first, the action wz.
    expect([...robot.twist]).toEqual([0.2, 0.4]);
    expect(Object.keys(loop.lastChunk!.blocks)).toEqual(['left', 'left_grip', 'right', 'base']);
    expect(loop.lastChunk!.blocks.left_grip.data[0]).toBeCloseTo(0.055, 12);
    expect(loop.derived.specs.map(({ name }) => name)).toEqual(['ee_state', 'ee_state.right']);
  });

  it('stops all of them together when the policy ceases: arms brake and the base stands', async () => {
    let silent = false;
    const { robot, run, loop } = setUp(ALL, (time) => {
      if (silent) throw new Error('no idea');
      const turn = HOME_JOINTS_RAD.map((q, i) => (i === 0 ? q + 0.5 * time : q));
      return { ...moving(), right: [...turn] };
    });
    await run(0.8);
    expect(robot.twist[0]).toBeGreaterThan(0.1);
    silent = true;
    await run(1);
    expect(loop.state()).toBe('holding');
    const still = [...robot.position.left, ...robot.position.right];
    await run(0.2);
    for (const [i, q] of [...robot.position.left, ...robot.position.right].entries()) {
      expect(Math.abs(q - still[i])).toBeLessThan(1e-6);
    }
    expect([...robot.twist]).toEqual([0, 0]);
  });

  it('brakes all of them while the robot refuses the command of one', async () => {
    const { robot, run, loop, events } = setUp(ALL, moving);
    await run(0.5);
    robot.refused.add('right');
    await run(0.6);
    expect([...robot.twist]).toEqual([0, 0]);
    expect(events.filter(({ kind }) => kind === 'command_refused')).toHaveLength(1);
    robot.refused.clear();
    await run(0.6);
    expect([...robot.twist]).toEqual([0.2, 0.4]);
    expect(loop.state()).toBe('running');
  });

  it('stops the base at once when the loop ends', async () => {
    const { robot, run, loop } = setUp([LEFT, BASE], moving);
    await run(0.5);
    expect(robot.twist[0]).toBeGreaterThan(0.1);
    loop.stop();
    expect([...robot.twist]).toEqual([0, 0]);
  });

  it('drives a robot without an arm', async () => {
    const { robot, run, loop } = setUp([BASE], moving, { kinematics: undefined, arms: {}, fingerJoints: undefined });
    await run(0.6);
    expect([...robot.twist]).toEqual([0.2, 0.4]);
    expect([...robot.position.left]).toEqual([...HOME_JOINTS_RAD]);
    expect(loop.derived.specs).toEqual([]);
    expect(() => loop.controller).toThrow('control loop: no arm left, only base');
    loop.stop();
    expect([...robot.twist]).toEqual([0, 0]);
  });

  it('leaves an arm alone that no action drives', async () => {
    const { robot, run } = setUp([BASE], moving);
    await run(0.5);
    expect([...robot.position.left]).toEqual([...HOME_JOINTS_RAD]);
    expect(robot.width.left).toBe(0.04);
  });
});

describe('relative actions', () => {
  const step = [0.02, 0, 0, 0, 0, 0];

  it('count from the measured tool at the observation', async () => {
    const delta = action('left', 'ee_delta', { group: 'left' });
    let asked = 0;
    const { robot, run, loop } = setUp([delta], () => ({ left: asked++ === 0 ? step : [0, 0, 0, 0, 0, 0] }));
    await run(0.1);
    const { data, space } = loop.lastChunk!.blocks.left;
    expect(space).toBe('ee_pose');
    // Every row counts from the observation, so all are equal.
    for (let k = 0; k < HORIZON; k++) expect(data[7 * k]).toBeCloseTo(HOME_POSE[0] + 0.02, 6);
    await run(1);
    // Later chunks stay where the tool was measured on its way.
    expect(poseOf(robot.position.left)[0]).toBeGreaterThan(HOME_POSE[0]);
    expect(poseOf(robot.position.left)[0]).toBeLessThan(HOME_POSE[0] + 0.02);
  });

  it('add up from the last target when they count from the previous action', async () => {
    const delta = action('right', 'joint_delta', {
      group: 'right',
      names: ARMS.right.jointNames,
      unit: 'rad',
      reference: 'previous',
    });
    let asked = 0;
    const { robot, run, loop } = setUp([delta], () => ({ right: [asked++ < 2 ? 0.01 : 0, 0, 0, 0, 0, 0, 0] }));
    await run(0.1);
    const first = [...loop.lastChunk!.blocks.right.data].filter((_, i) => i % 7 === 0);
    for (const [k, q] of first.entries()) expect(q).toBeCloseTo(HOME_JOINTS_RAD[0] + 0.01 * (k + 1), 9);
    await run(2);
    // Each chunk is followed for two rows; the next one begins at the target of its observation.
    expect(robot.position.right[0]).toBeCloseTo(HOME_JOINTS_RAD[0] + 0.04, 6);
  });
});

describe('an arm that follows joints', () => {
  it('also takes poses of its tool where its action says so, and widths for openings', async () => {
    const right: ActionSpec = { ...RIGHT, names: [...ARMS.right.jointNames].reverse(), alternative: 'ee_pose' };
    const grip = action('grip', 'gripper', { group: 'right', names: ['opening'], unit: '1' });
    const goal = HOME_POSE.map((value, i) => (i === 1 ? value + 0.06 : value));
    const { robot, run, loop, events } = setUp([right, grip], () => ({ right: goal, grip: [0.02] }), {
      policy: {
        spec: {
          name: 'p',
          inputs: [],
          actions: [right, grip],
          horizon: HORIZON,
          actionPeriod: 0.05,
          inferencePeriod: 0.1,
        },
        async infer({ stamp }) {
          const blocks: Record<string, ActionBlock> = {
            right: { space: 'ee_pose', data: Float64Array.from([goal, goal, goal, goal].flat()) },
            grip: { space: 'gripper', data: new Float64Array(HORIZON).fill(0.02), unit: 'm' },
          };
          return { stamp, period: 0.05, horizon: HORIZON, blocks, gates: {} };
        },
        reset() {},
        async close() {},
      },
    });
    await run(1.5);
    expect(events.filter(({ kind }) => kind === 'policy_error')).toEqual([]);
    expect(loop.lastChunk!.blocks.right.space).toBe('joint_position');
    const pose = new Float64Array(7);
    ARMS.right.forward(robot.position.right, pose);
    for (let i = 0; i < 3; i++) expect(pose[i]).toBeCloseTo(goal[i], 4);
    expect(robot.width.right).toBeCloseTo(0.02, 9);
  });
});

describe('velocities', () => {
  it('move the tool by a twist and end with the actions', async () => {
    const twist = action('left', 'ee_twist', { group: 'left' });
    let silent = false;
    const { robot, run } = setUp([twist], () => {
      if (silent) throw new Error('no idea');
      return { left: [0, 0.05, 0, 0, 0, 0] };
    });
    await run(0.1);
    const from = poseOf(robot.position.left)[1];
    await run(1);
    expect(poseOf(robot.position.left)[1] - from).toBeGreaterThan(0.045);
    expect(poseOf(robot.position.left)[1] - from).toBeLessThan(0.052);
    silent = true;
    await run(0.5);
    const at = poseOf(robot.position.left)[1];
    await run(0.2);
    expect(Math.abs(poseOf(robot.position.left)[1] - at)).toBeLessThan(1e-5);
  });

  it('move joints, and stop at their limits', async () => {
    const velocity = action('right', 'joint_velocity', {
      group: 'right',
      names: ARMS.right.jointNames,
      unit: 'rad/s',
    });
    const { robot, run } = setUp([velocity], () => ({ right: [0.2, 0, 0, 0, 0, 9, 0] }));
    await run(1.1);
    expect(robot.position.right[0]).toBeGreaterThan(0.15);
    expect(robot.position.right[0]).toBeLessThan(0.25);
    expect(robot.position.right[5]).toBeLessThanOrEqual(ARMS.right.upper[5]);
    expect(robot.position.right[5]).toBeGreaterThan(ARMS.right.upper[5] - 0.01);
  });
});

describe('a compliant tool', () => {
  const admittance = { mass: 2, damping: 100, stiffness: 500, axes: ['x', 'y', 'z'] } as const;
  const soft = action('soft', 'stiffness', { group: 'left' });
  const push = action('push', 'wrench', { group: 'left' });

  it('presses with the force of its set-point against the stiffness of its set-point', async () => {
    const rows = () => ({ left: HOME_POSE, soft: [1000, 1000, 250], push: [0, 0, -5] });
    const { robot, run } = setUp([LEFT, soft, push], rows, { controller: { admittance } });
    await run(3);
    const pose = poseOf(robot.position.left);
    // In free space the offset is force / stiffness.
    expect(pose[2] - HOME_POSE[2]).toBeCloseTo(-0.02, 3);
    expect(pose[0] - HOME_POSE[0]).toBeCloseTo(0, 3);
  });

  it('complies with the wrench of its own arm', async () => {
    const pose = action('right', 'ee_pose', { group: 'right' });
    const tool = { toolMass: 0, toolCentreOfMass: [0, 0, 0], ftInTool: [0, 0, 0, 0, 0, 0, 1] } as const;
    const arms = {
      right: { kinematics: ARMS.right, fingerJoints: ['right_finger'], tool, controller: { admittance } },
    };
    const { robot, run, loop } = setUp([pose, LEFT], () => ({ right: HOME_POSE, left: HOME_POSE }), { arms });
    await run(0.5);
    expect(loop.derived.specs.map(({ name }) => name)).toEqual(['ee_state', 'ee_state.right', 'wrench.contact.right']);
    // The z axis of the tool, and so of the sensor, points up.
    robot.wrench[2] = -5;
    await run(2);
    expect(poseOf(robot.position.right)[2] - HOME_POSE[2]).toBeCloseTo(-0.01, 3);
    expect(poseOf(robot.position.left)[2] - HOME_POSE[2]).toBeCloseTo(0, 6);
  });

  it('no longer presses when the actions cease', async () => {
    let silent = false;
    const { robot, run } = setUp(
      [LEFT, push],
      () => {
        if (silent) throw new Error('no idea');
        return { left: HOME_POSE, push: [0, 0, -5] };
      },
      { controller: { admittance } },
    );
    await run(2);
    expect(poseOf(robot.position.left)[2] - HOME_POSE[2]).toBeCloseTo(-0.01, 3);
    silent = true;
    await run(3);
    expect(poseOf(robot.position.left)[2] - HOME_POSE[2]).toBeCloseTo(0, 3);
  });
});

describe('joint targets', () => {
  it('outside the workspace of the tool are refused before any motion', async () => {
    const all = action('left', 'joint_position', { group: 'left', names: ARMS.left.jointNames, unit: 'rad' });
    const workspace = {
      minimum: [HOME_POSE[0] - 0.02, -1, -1] as const,
      maximum: [HOME_POSE[0] + 0.02, 1, 2] as const,
    };
    const { robot, run, events } = setUp([all], () => ({ left: bent }), { workspace });
    await run(0.3);
    expect([...robot.position.left]).toEqual([...HOME_JOINTS_RAD]);
    const failure = events.find((event) => event.kind === 'policy_error');
    expect(failure?.data.message).toMatch(/^policy p, chunk, block left: row 0 has x [\d.]+ m, the workspace is /);
  });

  it('bind by name: another order of the joints moves the same joints', async () => {
    const names = [...ARMS.right.jointNames].reverse();
    const reversed = action('right', 'joint_position', { group: 'right', names, unit: 'rad' });
    const { robot, run } = setUp([reversed], () => ({ right: [...bent].reverse() }));
    await run(1);
    for (const [i, q] of bent.entries()) expect(robot.position.right[i]).toBeCloseTo(q, 6);
  });
});

describe('binding', () => {
  const refused = (actions: readonly ActionSpec[], options: Partial<ControlLoopOptions> = {}) => {
    try {
      setUp(actions, moving, options);
      return 'bound';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const joints = ARMS.right.jointNames;

  it.each<[string, readonly ActionSpec[], string]>([
    [
      'a group that the robot lacks',
      [{ ...LEFT, group: 'third' }],
      'robot mobile has no command group third, only left, right, base',
    ],
    [
      'a joint that the arm lacks',
      [{ ...RIGHT, names: [...joints.slice(1), 'elbow'] }],
      'robot has no elbow for joint_position',
    ],
    ['too few joints', [{ ...RIGHT, names: joints.slice(1) }], 'right_joint1 missing'],
    ['a joint named twice', [{ ...RIGHT, names: [...joints, joints[0]] }], 'right_joint1 is named twice'],
    ['another unit', [{ ...RIGHT, unit: 'deg' }], 'unit of right_joint1 is deg, expected rad'],
    ['another frame', [{ ...LEFT, frame: 'camera' }], 'frame is camera, expected base_link for ee_pose'],
    [
      'a base twist for an arm',
      [{ ...BASE, group: 'left' }],
      'space base_twist does not fit: command group left is no base',
    ],
    ['a pose for a base', [{ ...LEFT, group: 'base' }], 'command group base is a base, which takes vx, wz'],
    [
      'a velocity that the base lacks',
      [{ ...BASE, names: ['vx', 'vy', 'wz'], unit: ['m/s', 'm/s', 'rad/s'] }],
      'robot has no vy',
    ],
    ['a relative pose', [{ ...LEFT, reference: 'previous' }], 'reference is previous, expected absolute for ee_pose'],
    [
      'two motions of one arm',
      [RIGHT, { ...RIGHT, name: 'again' }],
      'action right already commands the motion of right',
    ],
    [
      'poses in place of a twist',
      [action('left', 'ee_twist', { alternative: 'ee_pose' })],
      'alternative is ee_pose, expected none',
    ],
    ['a name given twice', [LEFT, { ...RIGHT, name: 'left' }], 'action left: the name is given twice'],
    ['a stiffness of a stiff tool', [LEFT, action('soft', 'stiffness')], 'the tool of left is stiff'],
    ['a gripper in another unit', [{ ...LEFT_GRIP, unit: 'rad' }], 'unit is rad, expected m, or 1 for an opening'],
    [
      'another order of a pose',
      [{ ...LEFT, names: ['x', 'y', 'z', 'qw', 'qx', 'qy', 'qz'] }],
      'expected the order x, y, z, qx',
    ],
  ])('refuses %s and names it', (_, actions, message) => {
    const line = refused(actions);
    expect(line).toContain(message);
    expect(line).toMatch(/^policy p, action \w+: /);
    expect(line).not.toContain('\n');
  });

  it('refuses a force for an arm that follows its joints', () => {
    const admittance = { mass: 2, damping: 100, stiffness: 500, axes: ['x'] } as const;
    const push = action('push', 'wrench', { group: 'right' });
    const arms = {
      right: { kinematics: ARMS.right, fingerJoints: ['right_finger'], controller: { admittance } },
    };
    expect(refused([RIGHT, push], { arms })).toContain(
      'needs an action that moves the tool of right, right is a joint_position',
    );
  });

  it('refuses an arm whose kinematics the loop does not have', () => {
    expect(refused([RIGHT], { arms: {} })).toContain('the loop has no kinematics of command group right');
  });
});
