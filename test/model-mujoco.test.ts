import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import loadMujoco, { type MainModule, type MjData, type MjModel } from '@mujoco/mujoco';
import { Random } from '@praxis/core';
import { chainKinematics, KinematicTree, parseUrdf } from '@praxis/model';
import { PUBLIC_ROBOTS, requirePublicRobots } from '@praxis/model/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomUrdf } from './random-urdf.ts';

const arm = join(dirname(dirname(fileURLToPath(import.meta.url))), 'urdf', 'praxis_arm.urdf');
const TREE_COUNT = 60;

let mj: MainModule;
beforeAll(async () => {
  mj = await loadMujoco();
});

/** MuJoCo's kinematics of the same file, with fixed links kept and shapes removed, since their meshes would have to be loaded. */
class MujocoKinematics {
  readonly model: MjModel;
  readonly data: MjData;

  constructor(urdf: string) {
    const bare = urdf.replace(/<(visual|collision)[\s>].*?<\/\1>/gs, '');
    const compiler =
      '<mujoco><compiler fusestatic="false" discardvisual="false" balanceinertia="true"/></mujoco></robot>';
    this.model = mj.MjModel.from_xml_string(bare.replace(/<mujoco>.*<\/mujoco>/s, '').replace('</robot>', compiler))!;
    this.data = new mj.MjData(this.model);
  }

  body(link: string): number {
    const id = mj.mj_name2id(this.model, mj.mjtObj.mjOBJ_BODY.value, link);
    if (id >= 0) return id;
    throw new Error(`MuJoCo has no body ${link}`);
  }

  /** Sets every joint to its value in the tree's coordinates. */
  setCoordinates(tree: KinematicTree, coordinates: Float64Array): void {
    for (const { joint, offset, size } of tree.coordinates.slots) {
      const at = this.model.jnt_qposadr[this.model.body_jntadr[this.body(joint.child)]];
      const values = [...coordinates.subarray(offset, offset + size)];
      // MuJoCo's quaternions begin with w.
      if (joint.type === 'floating') values.splice(3, 4, values[6], values[3], values[4], values[5]);
      values.forEach((value, i) => {
        this.data.qpos[at + i] = value;
      });
    }
    mj.mj_kinematics(this.model, this.data);
    mj.mj_comPos(this.model, this.data);
  }

  /** Jacobian of the body's frame in the world frame: 6 x dofs, row-major, linear rows first. */
  jacobian(link: string): { data: Float64Array; dofs: number } {
    const dofs = this.model.nv;
    const [linear, angular] = [new mj.DoubleBuffer(3 * dofs), new mj.DoubleBuffer(3 * dofs)];
    mj.mj_jacBody(this.model, this.data, linear, angular, this.body(link));
    const data = Float64Array.from([...linear.GetView(), ...angular.GetView()]);
    linear.delete();
    angular.delete();
    return { data, dofs };
  }

  delete(): void {
    this.data.delete();
    this.model.delete();
  }
}

function randomCoordinates(tree: KinematicTree, random: Random): Float64Array {
  const out = tree.coordinates.zero();
  for (const { offset, size } of tree.coordinates.slots) {
    for (let i = 0; i < size; i++) out[offset + i] = random.uniform(-3, 3);
    if (size !== 7) continue;
    const length = Math.hypot(...out.subarray(offset + 3, offset + 7));
    for (let i = 3; i < 7; i++) out[offset + i] /= length;
  }
  tree.coordinates.applyMimics(out);
  return out;
}

/** Largest differences over all links in position (m) and in quaternion entries (either sign). */
function differences(urdf: string, random: Random, postures: number): { position: number; orientation: number } {
  const tree = new KinematicTree(parseUrdf(urdf));
  const reference = new MujocoKinematics(urdf);
  const poses = new Float64Array(tree.links.length * 7);
  let [position, orientation] = [0, 0];
  for (let k = 0; k < postures; k++) {
    const coordinates = randomCoordinates(tree, random);
    tree.forward(coordinates, poses);
    reference.setCoordinates(tree, coordinates);
    for (const [i, link] of tree.links.entries()) {
      const body = reference.body(link);
      const [p, q] = [poses.subarray(7 * i, 7 * i + 3), poses.subarray(7 * i + 3, 7 * i + 7)];
      const [w, x, y, z] = reference.data.xquat.subarray(4 * body, 4 * body + 4);
      const sign = q[0] * x + q[1] * y + q[2] * z + q[3] * w < 0 ? -1 : 1;
      for (let a = 0; a < 3; a++) {
        position = Math.max(position, Math.abs(p[a] - reference.data.xpos[3 * body + a]));
      }
      for (const [a, value] of [x, y, z, w].entries()) {
        orientation = Math.max(orientation, Math.abs(q[a] - sign * value));
      }
    }
  }
  reference.delete();
  return { position, orientation };
}

/** Largest difference between the Jacobian of the chain to `link` and MuJoCo's, to which this adds the mimic joints' columns. */
function jacobianDifference(urdf: string, link: string, random: Random): number {
  const model = parseUrdf(urdf);
  const tree = new KinematicTree(model);
  const coordinates = randomCoordinates(tree, random);
  const lockedJoints = Object.fromEntries(
    tree.coordinates.slots
      .filter(({ size }) => size > 1)
      .map(({ joint, offset, size }) => [joint.name, coordinates.slice(offset, offset + size)]),
  );
  const chain = chainKinematics(model, model.root, link, { lockedJoints });
  const n = chain.jointNames.length;
  const joints = Float64Array.from(chain.jointNames, (name) => coordinates[tree.coordinates.slot(name).offset]);
  const actual = new Float64Array(6 * n);
  chain.jacobian(joints, actual);
  const reference = new MujocoKinematics(urdf);
  reference.setCoordinates(tree, coordinates);
  const { data, dofs } = reference.jacobian(link);
  const expected = new Float64Array(6 * n);
  // Speed of each joint per variable of the chain: 1 for the joint itself, the multiplier for a joint that mimics it.
  for (const [column, name] of chain.jointNames.entries()) {
    for (const { joint, size } of tree.coordinates.slots) {
      const gain = joint.name === name ? 1 : joint.mimic?.joint === name ? joint.mimic.multiplier : 0;
      if (size > 1 || gain === 0) continue;
      const dof = reference.model.body_dofadr[reference.body(joint.child)];
      for (let row = 0; row < 6; row++) expected[row * n + column] += gain * data[row * dofs + dof];
    }
  }
  reference.delete();
  return actual.reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected[i])), 0);
}

describe('kinematics and MuJoCo on the same file', () => {
  it(`agree on ${TREE_COUNT} random trees with every kind of joint`, () => {
    const random = new Random(1, 'trees');
    const kinds = new Set<string>();
    let mimics = 0;
    for (let k = 0; k < TREE_COUNT; k++) {
      const urdf = randomUrdf(random);
      for (const joint of parseUrdf(urdf).joints) {
        kinds.add(joint.type);
        if (joint.mimic) mimics++;
      }
      const { position, orientation } = differences(urdf, random, 3);
      expect(position, urdf).toBeLessThan(1e-9);
      expect(orientation, urdf).toBeLessThan(1e-9);
    }
    expect(kinds).toEqual(new Set(['revolute', 'continuous', 'prismatic', 'fixed', 'planar', 'floating']));
    expect(mimics).toBeGreaterThan(10);
  });

  it('have the same Jacobian of every link of random trees', () => {
    const random = new Random(2, 'trees');
    for (let k = 0; k < 30; k++) {
      const urdf = randomUrdf(random);
      for (const { name } of parseUrdf(urdf).links) {
        expect(jacobianDifference(urdf, name, random), `${name} of ${urdf}`).toBeLessThan(1e-9);
      }
    }
  });

  it('agree on the Praxis arm', () => {
    const urdf = readFileSync(arm, 'utf8');
    const random = new Random(3, 'arm');
    const { position, orientation } = differences(urdf, random, 100);
    expect(position).toBeLessThan(1e-9);
    expect(orientation).toBeLessThan(1e-9);
    expect(jacobianDifference(urdf, 'tool0', random)).toBeLessThan(1e-9);
  });

  it.for([PUBLIC_ROBOTS.so101, PUBLIC_ROBOTS.fr3, PUBLIC_ROBOTS.xarm7, PUBLIC_ROBOTS.robotiq])(
    'agree on %s in 200 random configurations',
    (file, context) => {
      const urdf = readFileSync(join(requirePublicRobots(context), file), 'utf8');
      const { position, orientation } = differences(urdf, new Random(5, file), 200);
      expect(position).toBeLessThan(1e-9);
      expect(orientation).toBeLessThan(1e-9);
    },
  );

  it('read the same mimic relations', () => {
    const random = new Random(4, 'trees');
    let compared = 0;
    for (let k = 0; k < 20; k++) {
      const urdf = randomUrdf(random);
      const reference = new MujocoKinematics(urdf);
      const { model } = reference;
      for (const { mimic, child } of parseUrdf(urdf).joints) {
        if (!mimic) continue;
        const joint = model.body_jntadr[reference.body(child)];
        const equality = [...model.eq_obj1id].indexOf(joint);
        const data = model.eq_data.subarray(11 * equality, 11 * equality + 2);
        expect(data[0]).toBeCloseTo(mimic.offset, 12);
        expect(data[1]).toBeCloseTo(mimic.multiplier, 12);
        compared++;
      }
      reference.delete();
    }
    expect(compared).toBeGreaterThan(5);
  });
});
