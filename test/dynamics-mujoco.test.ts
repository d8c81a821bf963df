import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import loadMujoco, { type MainModule } from '@mujoco/mujoco';
import { Random } from '@praxis/core';
import { Dynamics, parseUrdf } from '@praxis/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomUrdf } from './random-urdf.ts';

const arm = join(dirname(dirname(fileURLToPath(import.meta.url))), 'urdf', 'praxis_arm.urdf');

let mj: MainModule;
beforeAll(async () => {
  mj = await loadMujoco();
});

/** The same tree with random inertias instead of unit ones; undefined if `Dynamics` does not support one of its joints. */
function withMasses(urdf: string, random: Random): string | undefined {
  if (/type="(floating|planar)"/.test(urdf)) return undefined;
  return urdf.replace(/<inertial>.*?<\/inertial>/g, () => {
    // The inertia of a few point masses is physically possible.
    const points = Array.from({ length: 5 }, () => [0, 1, 2].map(() => random.uniform(-0.3, 0.3)));
    const sum = (f: (x: number, y: number, z: number) => number) =>
      points.reduce((total, [x, y, z]) => total + 0.4 * f(x, y, z), 0.01);
    const off = (f: (x: number, y: number, z: number) => number) => sum(f) - 0.01;
    return `<inertial><origin xyz="${[0, 1, 2].map(() => random.uniform(-0.5, 0.5)).join(' ')}" rpy="${[0, 1, 2].map(() => random.uniform(-3, 3)).join(' ')}"/>
      <mass value="${random.uniform(0.2, 3)}"/><inertia
      ixx="${sum((_, y, z) => y * y + z * z)}" iyy="${sum((x, _, z) => x * x + z * z)}" izz="${sum((x, y) => x * x + y * y)}"
      ixy="${off((x, y) => -x * y)}" ixz="${off((x, _, z) => -x * z)}" iyz="${off((_, y, z) => -y * z)}"/></inertial>`;
  });
}

/** Largest differences in bias force (N, N m) and in mass matrix between `Dynamics` and MuJoCo on one file. */
function differences(urdf: string, random: Random, postures: number): { bias: number; mass: number } {
  const robot = parseUrdf(urdf);
  const dynamics = new Dynamics(robot);
  const bare = urdf.replace(/<(visual|collision)[\s>].*?<\/\1>/gs, '');
  const compiler = '<mujoco><compiler fusestatic="false" discardvisual="false"/></mujoco></robot>';
  const model = mj.MjModel.from_xml_string(bare.replace('</robot>', compiler))!;
  const data = new mj.MjData(model);
  const n = dynamics.jointNames.length;
  const dofs = dynamics.jointNames.map((name) => {
    const { child } = robot.joints.find((joint) => joint.name === name)!;
    return model.body_dofadr[mj.mj_name2id(model, mj.mjtObj.mjOBJ_BODY.value, child)] as number;
  });
  const full = new mj.DoubleBuffer(model.nv * model.nv);
  const [bias, mass] = [new Float64Array(n), new Float64Array(n * n)];
  let [worstBias, worstMass] = [0, 0];
  for (let k = 0; k < postures; k++) {
    const q = Float64Array.from({ length: n }, () => random.uniform(-3, 3));
    const qd = Float64Array.from({ length: n }, () => random.uniform(-2, 2));
    dofs.forEach((dof, i) => {
      data.qpos[dof] = q[i];
      data.qvel[dof] = qd[i];
    });
    mj.mj_forward(model, data);
    mj.mj_fullM(model, data, full);
    const expectedMass = full.GetView();
    dynamics.inverse(q, qd, new Float64Array(n), bias);
    dynamics.massMatrix(q, mass);
    dofs.forEach((row, i) => {
      worstBias = Math.max(worstBias, Math.abs(bias[i] - data.qfrc_bias[row]));
      dofs.forEach((column, j) => {
        worstMass = Math.max(worstMass, Math.abs(mass[n * i + j] - expectedMass[model.nv * row + column]));
      });
    });
  }
  full.delete();
  data.delete();
  model.delete();
  return { bias: worstBias, mass: worstMass };
}

describe('Dynamics and MuJoCo on the same file', () => {
  it('agree on the Praxis arm', () => {
    const { bias, mass } = differences(readFileSync(arm, 'utf8'), new Random(1, 'arm'), 50);
    expect(bias).toBeLessThan(1e-8);
    expect(mass).toBeLessThan(1e-9);
  });

  it('agree on random trees of revolute, continuous, prismatic and fixed joints', () => {
    const random = new Random(2, 'trees');
    let compared = 0;
    while (compared < 40) {
      const urdf = withMasses(randomUrdf(random), random);
      if (!urdf || new Dynamics(parseUrdf(urdf)).jointNames.length === 0) continue;
      compared++;
      const { bias, mass } = differences(urdf, random, 3);
      expect(bias, urdf).toBeLessThan(1e-7);
      expect(mass, urdf).toBeLessThan(1e-8);
    }
  });
});
