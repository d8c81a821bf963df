import { readFileSync } from 'node:fs';
import { InputError, Random } from '@praxis/core';
import { KinematicTree, parseUrdf } from '@praxis/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMujoco, type Mujoco, World } from '../mujoco/world.ts';
import { armModel } from '../robot/arm.ts';
import { ARM_JOINTS, FINGER_JOINTS, TOOL_LINK } from '../robot/praxis-arm.ts';
import { pick } from '../tasks/pick.ts';
import { sort } from '../tasks/sort.ts';
import type { Task } from '../tasks/task.ts';
import { element, mjcfText } from './element.ts';
import { type RobotPhysics, robotBodies, servoActuators } from './robot-bodies.ts';
import { sceneMjcf } from './scene.ts';

const arm = armModel(readFileSync(new URL('../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8'));
const objectsOf = (task: Task, seed: number) => task.draw({ seed, wordings: 'train', swap: false }).objects;
const mjcf = (task: Task, seed = 1) => sceneMjcf(arm, objectsOf(task, seed));

const physicsOf = (model: RobotPhysics['model'], more: Partial<RobotPhysics> = {}): RobotPhysics => ({
  model,
  servos: new Map(),
  sensorLinks: [],
  couplings: [],
  gripperLinks: new Set(),
  fingerLinks: new Set(),
  exclusions: [],
  hulls: new Map(),
  ...more,
});

let mujoco: Mujoco;
beforeAll(async () => {
  mujoco = await loadMujoco();
});

const robot = (inner: string) =>
  parseUrdf(
    `<robot name="r"><link name="a"/><link name="b">${inner}</link><joint name="j" type="floating"><parent link="a"/><child link="b"/></joint></robot>`,
  );

describe('the scene for MuJoCo', () => {
  it('places every link of the URDF where the kinematics place it, at any joint angles', () => {
    const world = new World(mujoco, mjcf(pick));
    const tree = new KinematicTree(arm.model);
    const random = new Random(1, 'angles');
    const qpos = world.view('qpos');
    let [position, orientation] = [0, 0];
    for (let k = 0; k < 50; k++) {
      const joints: Record<string, number> = {};
      ARM_JOINTS.forEach((name, i) => {
        joints[name] = random.uniform(arm.kinematics.lower[i], arm.kinematics.upper[i]);
      });
      for (const name of FINGER_JOINTS) joints[name] = random.uniform(0, 0.04);
      joints[FINGER_JOINTS[1]] = joints[FINGER_JOINTS[0]];
      for (const [name, value] of Object.entries(joints)) qpos[world.joint(name).qpos] = value;
      world.forward();
      const chain = new Float64Array(7);
      arm.kinematics.forward(
        Float64Array.from(ARM_JOINTS, (name) => joints[name]),
        chain,
      );
      for (const { name } of arm.model.links) {
        const id = world.body(name);
        const [w, x, y, z] = world.view('xquat').subarray(4 * id, 4 * id + 4);
        const ours = name === TOOL_LINK ? chain : tree.pose(name, joints);
        const sign = ours[3] * x + ours[4] * y + ours[5] * z + ours[6] * w < 0 ? -1 : 1;
        for (let i = 0; i < 3; i++) {
          position = Math.max(position, Math.abs(ours[i] - world.view('xpos')[3 * id + i]));
        }
        [x, y, z, w].forEach((q, i) => {
          orientation = Math.max(orientation, Math.abs(ours[3 + i] - sign * q));
        });
      }
    }
    world.close();
    expect(position).toBeLessThan(1e-9);
    expect(orientation).toBeLessThan(1e-9);
  });

  it('places the objects of each task at their start poses', () => {
    for (const task of [pick, sort]) {
      const world = new World(mujoco, mjcf(task));
      for (const { name, pose } of objectsOf(task, 1)) {
        const id = world.body(name);
        const [w, x, y, z] = world.view('xquat').subarray(4 * id, 4 * id + 4);
        [...world.view('xpos').subarray(3 * id, 3 * id + 3), x, y, z, w].forEach((v, i) => {
          expect(v).toBeCloseTo(pose[i], 12);
        });
      }
      world.close();
    }
  });

  it('compensates gravity: the servos of an arm at rest apply no force', () => {
    const world = new World(mujoco, mjcf(sort));
    const qpos = world.view('qpos');
    const start = [0, -0.35, 0, -2.4, 0, 2.05, 0.785];
    ARM_JOINTS.forEach((name, i) => {
      qpos[world.joint(name).qpos] = start[i];
      world.view('ctrl')[world.actuator(name)] = start[i];
    });
    world.forward();
    for (let k = 0; k < 250; k++) world.step();
    ARM_JOINTS.forEach((name, i) => {
      expect(world.view('qpos')[world.joint(name).qpos]).toBeCloseTo(start[i], 4);
      expect(world.view('actuator_force')[world.actuator(name)]).toBeCloseTo(0, 0);
    });
    world.close();
  });

  it('keeps objects at rest at their start poses', () => {
    for (const task of [pick, sort]) {
      const world = new World(mujoco, mjcf(task));
      for (let k = 0; k < 250; k++) world.step();
      for (const { name, pose } of objectsOf(task, 1)) {
        const at = world.view('xpos').subarray(3 * world.body(name), 3 * world.body(name) + 3);
        at.forEach((v, i) => {
          expect(Math.abs(v - pose[i])).toBeLessThan(1e-3);
        });
      }
      world.close();
    }
  });
});

describe('names in MJCF', () => {
  it('may contain special characters of XML', () => {
    const special = `a <"link"> & it's`;
    const escaped = special
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
    const inertial = '<inertial><mass value="1"/><inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial>';
    const model = parseUrdf(
      `<robot name="r">
        <link name="base"/><link name="${escaped}">${inertial}</link>
        <joint name="${escaped}" type="prismatic">
          <parent link="base"/><child link="${escaped}"/><limit lower="0" upper="1" effort="1" velocity="1"/>
        </joint>
      </robot>`,
    );
    expect(model.links.map(({ name }) => name)).toContain(special);
    const servos = new Map([[special, { kp: 100, kv: 10, armature: 0.1 }]]);
    const text = mjcfText(
      element(
        {},
        {
          worldbody: [element({}, { body: [robotBodies(physicsOf(model, { servos, sensorLinks: [special] }))] })],
          actuator: [element({}, { position: servoActuators({ model, servos }) })],
          sensor: [element({}, { force: [element({ name: 'force', site: special })] })],
        },
      ),
    );
    const world = new World(mujoco, text);
    expect(world.body(special)).toBe(2);
    expect(world.joint(special)).toEqual({ qpos: 0, qvel: 0 });
    expect(world.actuator(special)).toBe(0);
    world.close();
  });
});

describe('an unsupported URDF', () => {
  const bodies = (model: RobotPhysics['model']) => () => robotBodies(physicsOf(model));

  it('is refused with the name of the joint', () => {
    expect(bodies(robot(''))).toThrow(
      new InputError('joint "j" is floating: the simulator drives revolute and prismatic joints'),
    );
  });

  it('is refused with the name of the collision mesh', () => {
    const mesh = '<collision><geometry><mesh filename="hand.stl"/></geometry></collision>';
    const model = parseUrdf(`<robot name="r"><link name="a">${mesh}</link></robot>`);
    expect(bodies(model)).toThrow(new InputError('collision mesh "hand.stl": its triangles are not loaded'));
  });
});
