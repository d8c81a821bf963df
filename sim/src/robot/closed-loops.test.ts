import { Random } from '@praxis/core';
import { checkLoadedRobot, draftRobot, KinematicTree, loadRobotFolder, MeshFiles, readLinkShapes } from '@praxis/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildScene } from '../episode/scene.ts';
import { readMjcf } from '../mjcf/read/read-mjcf.ts';
import { FOUR_BAR_GRIPPER } from '../mjcf/testing/four-bar-gripper.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { free } from '../tasks/free.ts';
import { type RobotSetup, robotSetup } from './setup.ts';
import { robotSource } from './source.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const description = { path: 'robot.xml', bytes: bytes(FOUR_BAR_GRIPPER), readBeside: async () => undefined };
const read = (xml: string) => readMjcf({ ...description, bytes: bytes(xml) });
const PASSIVE = ['left_finger_joint', 'right_finger_joint', 'left_rocker_joint', 'right_rocker_joint'];

/** Distance of the surfaces of the pads, by the poses of both fingers with x, y, z and quaternion each (m). */
function padDistance(left: ArrayLike<number>, right: ArrayLike<number>): number {
  // Both pads face the middle at 2.3 cm from the origin of their finger, 5 cm along it.
  const [a, b] = [left, right].map((pose, i) => {
    const [x, y, z, w] = Array.from(pose).slice(3);
    const [py, pz] = [(i === 0 ? -1 : 1) * 0.023, 0.05];
    return [
      pose[0] + 2 * (x * y - w * z) * py + 2 * (x * z + w * y) * pz,
      pose[1] + (1 - 2 * (x * x + z * z)) * py + 2 * (y * z - w * x) * pz,
      pose[2] + 2 * (y * z + w * x) * py + (1 - 2 * (x * x + y * y)) * pz,
    ];
  });
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

describe('closed loops of an MJCF', () => {
  it('let passive joints follow the motor, so that the loops are closed in the kinematics', async () => {
    const model = await read(FOUR_BAR_GRIPPER);
    expect(model.warnings).toEqual([]);
    for (const name of PASSIVE) {
      const { mimic } = model.joints.find((joint) => joint.name === name)!;
      expect(mimic?.joint).toBe('left_crank_joint');
      expect(mimic?.curve?.positions.length).toBeGreaterThan(10);
    }
    expect(model.joints.find(({ name }) => name === 'left_crank_joint')?.limit).toMatchObject({
      upper: 1.2,
      effort: 2.5,
    });
    const tree = new KinematicTree(model);
    const random = new Random(1, 'cranks');
    for (let k = 0; k < 50; k++) {
      const joints = { left_crank_joint: random.uniform(0, 1.2), pan: random.uniform(-2, 2) };
      for (const side of ['left', 'right'] as const) {
        const [finger, rocker] = ['finger', 'rocker'].map((part) => tree.pose(`${side}_${part}`, joints));
        // The pin of the rocker is as far from its pivot as it was drawn, up to the pieces of the curve.
        const pin = { left: [-0.012, -0.004], right: [0.012, -0.004] }[side];
        const drawn = Math.hypot(0.019, 0.031);
        const [x, y, z, w] = finger.subarray(3);
        const at = [
          finger[0] + 2 * (x * y - w * z) * pin[0] + 2 * (x * z + w * y) * pin[1],
          finger[1] + (1 - 2 * (x * x + z * z)) * pin[0] + 2 * (y * z - w * x) * pin[1],
          finger[2] + 2 * (y * z + w * x) * pin[0] + (1 - 2 * (x * x + y * y)) * pin[1],
        ];
        const length = Math.hypot(...at.map((value, i) => value - rocker[i]));
        expect(Math.abs(length - drawn)).toBeLessThan(5e-5);
      }
    }
  });

  it('shrink the range of the motor to where they close, with a warning', async () => {
    const model = await read(FOUR_BAR_GRIPPER.replace('range="-0.5 1.5" stiffness', 'range="-0.5 0.5" stiffness'));
    const { limit } = model.joints.find(({ name }) => name === 'left_crank_joint')!;
    expect(limit?.upper).toBeGreaterThan(0.3);
    expect(limit?.upper).toBeLessThan(0.7);
    expect(model.warnings?.[0]).toMatch(
      /^joint "left_crank_joint": limits 0 to 1.2; the loop that it drives closes from 0 to 0\.\d+ only$/,
    );
  });

  it('that two motors drive stay free in the kinematics, with a warning', async () => {
    const xml = FOUR_BAR_GRIPPER.replace('<motor joint="pan"', '<motor joint="left_rocker_joint"/><motor joint="pan"');
    expect((await read(xml)).warnings?.[0]).toBe(
      'joints "left_finger_joint": several joints drive their loop; the kinematics do not follow it',
    );
  });
});

describe('a four-bar gripper as robot init drafts it', () => {
  let setup: RobotSetup;
  beforeAll(async () => {
    const model = await read(FOUR_BAR_GRIPPER);
    const shapes = await readLinkShapes(model, new MeshFiles(async () => undefined, '.'));
    const { definition } = draftRobot(model, 'robot.xml', shapes);
    const folder = await loadRobotFolder(
      async (path) => bytes(path === 'robot.yaml' ? JSON.stringify(definition) : FOUR_BAR_GRIPPER),
      { readMjcf },
    );
    const findings = await checkLoadedRobot(folder);
    expect(findings.filter(({ severity }) => severity === 'fault').map(({ message }) => message)).toEqual([]);
    setup = robotSetup(await robotSource(folder));
  });

  it('is one motor, with the width of the pads closed and open', () => {
    const { gripper } = Object.values(setup.definition.arms)[0];
    expect(gripper?.joints).toEqual(['left_crank_joint']);
    expect(gripper?.open.left_crank_joint).toBe(0);
    expect(gripper?.width[0]).toBeLessThan(0.004);
    expect(setup.spec.commands[0].names).toEqual(['pan', 'tilt', 'gripper']);
  });

  it('opens and closes in physics, and reports the distance of the pads within 2 mm', async () => {
    const instance = free.draw({ seed: 1, wordings: 'train', swap: false });
    const { world, robot } = await buildScene(setup, instance, drawConditions(1, setup, { start: 'home' }), 1);
    await robot.start();
    const [least, most] = setup.gripper!.range;
    for (const share of [1, 0, 0.5, 0.2, 0]) {
      const gripperWidth = least + share * (most - least);
      const value = { position: Float64Array.from(setup.home), gripperWidth };
      robot.command('arm', { value, stamp: robot.clock.now(), received: robot.clock.now() });
      for (let k = 0; k < 750; k++) robot.step();
      const [left, right] = ['left_finger', 'right_finger'].map((link) => world.bodyPose(world.body(link)));
      const { width } = robot.gripper();
      expect(Math.abs(width - gripperWidth), `${share} of the range`).toBeLessThan(0.002);
      expect(Math.abs(width - padDistance(left, right)), `${share} of the range`).toBeLessThan(0.002);
    }
    world.close();
  });
});
