import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { parseUrdf, type RobotDefinition } from '@praxis/model';
import { describe, expect, it } from 'vitest';
import { sceneMjcf } from '../mjcf/scene.ts';
import { loadMujoco, World } from '../mujoco/world.ts';
import { armUrdf, openRobotSource } from '../node.ts';
import { PRAXIS_ARM } from './praxis-arm.ts';
import { robotSetup, setupOf } from './setup.ts';

const robotsFolder = fileURLToPath(new URL('../../../robots/', import.meta.url));
const model = parseUrdf(armUrdf());
const arm = PRAXIS_ARM.arms.arm;
const drive = {
  ...{ kind: 'differential', link: 'base_link', left: ['joint1'], right: ['joint2'], casters: [] },
  ...{ wheelRadius: 0.1, track: 0.3, maxLinear: 1, maxAngular: 1 },
} as const satisfies Record<string, unknown>;
const withArm = (change: Partial<typeof arm>): Partial<RobotDefinition> => ({ arms: { arm: { ...arm, ...change } } });

describe('a definition that does not fit its description is refused by name', () => {
  it.each([
    ['no arm', { arms: {} }, 'robot praxis_arm: neither an arm nor a base, expected at least one'],
    [
      'arms that share joints',
      { arms: { left: arm, right: arm } },
      'joint "joint1" is in two arms, expected it in one',
    ],
    ['two bases', { bases: { base: drive, other: drive } }, 'bases base, other, expected one'],
    ['a base with the name of the arm', { bases: { arm: drive } }, 'command "arm" of an arm and of a base'],
    [
      'wheels that do not turn on',
      { arms: {}, bases: { base: drive } },
      'robot praxis_arm: bases.base: wheel "joint1" is revolute: expected a continuous joint',
    ],
    ['another rate', { rate: 250 }, 'robot praxis_arm: rate 250 Hz, expected 500'],
    ['joints in another order', withArm({ joints: [...arm.joints].reverse() }), 'joint1, joint2, joint3'],
    [
      'a home beyond a limit',
      withArm({ home: [9, ...arm.home.slice(1)] }),
      'home of joint1 is 9, expected -2.8973 .. 2.8973',
    ],
    ['a short home', withArm({ home: [0] }), 'home has 1 positions, expected 7'],
    ['an unknown sensor link', withArm({ wristSensor: { frame: 'palm', rate: 500 } }), 'link "palm": unknown'],
    ['a slow sensor', withArm({ wristSensor: { frame: 'hand', rate: 100 } }), 'wristSensor.rate 100 Hz, expected 500'],
    ['gains of some joints only', { servos: { joint1: { kp: 1, kv: 1, armature: 0 } } }, 'no gains of joint "joint2"'],
  ] as const)('%s', (_, change, line) => {
    const source = { definition: { ...PRAXIS_ARM, ...(change as Partial<RobotDefinition>) }, model };
    expect(() => robotSetup(source)).toThrow(InputError);
    expect(() => robotSetup(source)).toThrow(line);
  });

  it('a scene has exactly one robot', () => {
    expect(() => setupOf({})).toThrow('the scene has no robot, expected urdf or robot');
    expect(() => setupOf({ urdf: armUrdf(), robot: { definition: PRAXIS_ARM, model } })).toThrow('two robots');
  });
});

describe('robots of other kinds', () => {
  it('six joints, a gripper that turns with joints that mimic it: physics keeps the links where the kinematics have them', async () => {
    const setup = robotSetup(await openRobotSource(`${robotsFolder}arm6`));
    const world = new World(await loadMujoco(), sceneMjcf(setup, []));
    const joints = { left_knuckle_joint: 0.4 };
    const values = setup.tree.coordinates.from({ ...joints, joint2: -0.3, joint3: 1.2 });
    for (const { joint, offset } of setup.tree.coordinates.slots)
      world.view('qpos')[world.joint(joint.name).qpos] = values[offset];
    world.forward();
    for (const link of ['tool0', 'left_pad', 'right_pad', 'camera_wrist_optical_frame']) {
      const expected = setup.tree.pose(link, { ...joints, joint2: -0.3, joint3: 1.2 });
      const pose = world.bodyPose(world.body(link));
      for (let i = 0; i < 3; i++) expect(pose[i]).toBeCloseTo(expected[i], 9);
    }
    world.close();
    expect(setup.couplings.map(({ follower }) => follower)).toEqual([
      'left_tip_joint',
      'right_knuckle_joint',
      'right_tip_joint',
    ]);
  });

  it('five joints and no wrist sensor: the robot has no stream of it, and a stream of the width', async () => {
    const { spec, tool, sensorLink } = robotSetup(await openRobotSource(`${robotsFolder}arm5`));
    expect(spec.streams.map(({ name }) => name)).toEqual(['images.front', 'images.wrist', 'joints', 'instruction']);
    expect(spec.streams[2].names).toEqual(['joint1', 'joint2', 'joint3', 'joint4', 'joint5', 'gripper']);
    expect([tool, sensorLink]).toEqual([undefined, undefined]);
  });

  it("a root link called world, and a base that is not the root, which stands at the scene's origin", async () => {
    const urdf = armUrdf().replace(
      '<link name="base_link">',
      '<link name="world"/><joint name="mount" type="fixed"><parent link="world"/><child link="base_link"/><origin xyz="0 0 0.8"/></joint><link name="base_link">',
    );
    const setup = robotSetup({ definition: PRAXIS_ARM, model: parseUrdf(urdf) });
    const world = new World(await loadMujoco(), sceneMjcf(setup, []));
    expect([...world.bodyPose(world.body('base_link'))].map((v) => Math.round(1e9 * v) / 1e9 + 0)).toEqual([
      0, 0, 0, 0, 0, 0, 1,
    ]);
    expect(world.bodyPose(world.body('world_link'))[2]).toBeCloseTo(-0.8, 12);
    world.close();
  });

  it('cameras of any size, and none', () => {
    const cameras = { top: { frame: 'hand', size: [64, 48] as [number, number], fov: 50, rate: 30, noise: 0.01 } };
    const { spec } = robotSetup({ definition: { ...PRAXIS_ARM, cameras }, model });
    expect(spec.streams[0]).toMatchObject({ name: 'images.top', shape: [48, 64, 3], rateHz: 30, frame: 'hand' });
    const blind = robotSetup({ definition: { ...PRAXIS_ARM, cameras: {} }, model });
    expect(blind.spec.streams.map(({ name }) => name)).toEqual(['wrench', 'joints', 'instruction']);
  });
});
