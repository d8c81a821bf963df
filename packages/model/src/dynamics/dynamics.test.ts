import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { chainKinematics } from '../kinematics/chain.ts';
import { parseUrdf } from '../urdf/parse.ts';
import { Dynamics } from './dynamics.ts';

const arm = parseUrdf(readFileSync(join(import.meta.dirname, '../../../../urdf/praxis_arm.urdf'), 'utf8'));

/** A point mass of 2 kg at the end of a 0.5 m rod that rotates about y, and a slide of 1 kg along x at its end. */
const pendulum = parseUrdf(`<robot name="pendulum">
  <link name="base"/>
  <link name="rod"><inertial><origin xyz="0.5 0 0"/><mass value="2"/>
    <inertia ixx="0" ixy="0" ixz="0" iyy="0" iyz="0" izz="0"/></inertial></link>
  <link name="bob"><inertial><mass value="1"/>
    <inertia ixx="0" ixy="0" ixz="0" iyy="0" iyz="0" izz="0"/></inertial></link>
  <joint name="swing" type="continuous"><parent link="base"/><child link="rod"/><axis xyz="0 1 0"/></joint>
  <joint name="slide" type="prismatic"><parent link="rod"/><child link="bob"/><axis xyz="1 0 0"/>
    <limit lower="-1" upper="2" effort="1" velocity="1"/></joint>
</robot>`);

const vector = (random: Random, n: number, size: number) =>
  Float64Array.from({ length: n }, () => random.uniform(-size, size));

describe('Dynamics', () => {
  it('computes the gravity torque of a pendulum: m g r cos', () => {
    const dynamics = new Dynamics(pendulum);
    const out = new Float64Array(2);
    for (const angle of [0, 0.7, -2]) {
      dynamics.gravity(Float64Array.of(angle, 0.8), out);
      expect(out[0]).toBeCloseTo(-9.81 * (2 * 0.5 + 1 * 0.8) * Math.cos(angle), 12);
      expect(out[1]).toBeCloseTo(-9.81 * Math.sin(angle), 12);
    }
  });

  it('computes centrifugal and Coriolis forces of a slide on a rotating rod', () => {
    const dynamics = new Dynamics(pendulum, { gravity: [0, 0, 0] });
    const out = new Float64Array(2);
    const [r, omega, speed] = [0.8, 1.5, 0.4];
    dynamics.inverse(Float64Array.of(0.3, r), Float64Array.of(omega, speed), new Float64Array(2), out);
    expect(out[0]).toBeCloseTo(2 * 1 * r * omega * speed, 12);
    expect(out[1]).toBeCloseTo(-1 * r * omega * omega, 12);
  });

  it('has a symmetric positive inertia that equals the torques of unit accelerations', () => {
    const dynamics = new Dynamics(arm, { gravity: [0, 0, 0], armature: { joint1: 0.1, joint7: 0.08 } });
    const n = dynamics.jointNames.length;
    const random = new Random(1, 'dynamics');
    const mass = new Float64Array(n * n);
    const torque = new Float64Array(n);
    for (let k = 0; k < 20; k++) {
      const q = vector(random, n, 3);
      dynamics.massMatrix(q, mass);
      for (let i = 0; i < n; i++) {
        dynamics.inverse(q, new Float64Array(n), new Float64Array(n).fill(1, i, i + 1), torque);
        for (let j = 0; j < n; j++) expect(mass[n * j + i]).toBeCloseTo(torque[j], 10);
      }
      const v = vector(random, n, 1);
      const energy = v.reduce((sum, a, i) => sum + v.reduce((row, b, j) => row + a * mass[n * i + j] * b, 0), 0);
      expect(energy).toBeGreaterThan(0);
    }
  });

  it('computes momentum as inertia times velocity, and the gradient of the kinetic energy', () => {
    for (const model of [arm, pendulum]) {
      const dynamics = new Dynamics(model);
      const n = dynamics.jointNames.length;
      const random = new Random(2, 'dynamics');
      const mass = new Float64Array(n * n);
      const energy = (q: Float64Array, qd: Float64Array) => {
        dynamics.massMatrix(q, mass);
        return qd.reduce((sum, a, i) => sum + qd.reduce((row, b, j) => row + 0.5 * a * mass[n * i + j] * b, 0), 0);
      };
      const [momentum, gradient] = [new Float64Array(n), new Float64Array(n)];
      for (let k = 0; k < 10; k++) {
        const q = vector(random, n, 2);
        const qd = vector(random, n, 2);
        dynamics.momentum(q, qd, momentum, gradient);
        for (let i = 0; i < n; i++) {
          const h = 1e-6;
          const slope = (energy(q.with(i, q[i] + h), qd) - energy(q.with(i, q[i] - h), qd)) / (2 * h);
          expect(gradient[i]).toBeCloseTo(slope, 6);
        }
        dynamics.massMatrix(q, mass);
        momentum.forEach((p, i) => {
          expect(p).toBeCloseTo(
            qd.reduce((sum, b, j) => sum + mass[n * i + j] * b, 0),
            10,
          );
        });
      }
    }
  });

  it('joins the links of a locked joint to one body', () => {
    const free = new Dynamics(pendulum);
    const held = new Dynamics(pendulum, { lockedJoints: { slide: 0.6 } });
    expect(held.jointNames).toEqual(['swing']);
    const both = new Float64Array(2);
    const one = new Float64Array(1);
    free.inverse(Float64Array.of(0.4, 0.6), Float64Array.of(2, 0), Float64Array.of(3, 0), both);
    held.inverse(Float64Array.of(0.4), Float64Array.of(2), Float64Array.of(3), one);
    expect(one[0]).toBeCloseTo(both[0], 12);
  });

  it('refuses an inertia with a negative principal moment, and takes a point mass and one off the triangle rule', () => {
    const arm = (inertia: string) =>
      parseUrdf(`<robot name="r"><link name="base"/><link name="rod"><inertial><mass value="1"/><inertia ${inertia}/></inertial>
        </link><joint name="j" type="continuous"><parent link="base"/><child link="rod"/></joint></robot>`);
    for (const wrong of [
      'ixx="-0.1" iyy="0.1" izz="0.1"',
      'ixx="1" iyy="1" izz="1" ixy="1.5"',
      'ixx="1" iyy="1" izz="1" ixy="0.9" ixz="0.9" iyz="-0.9"',
      'ixx="0" iyy="0" izz="0" iyz="0.1"',
    ]) {
      const model = arm(wrong);
      expect(chainKinematics(model, 'base', 'rod').jointNames).toEqual(['j']);
      expect(() => new Dynamics(model)).toThrow(
        /^link "rod": <inertia> ixx=.* has a negative principal moment; correct it/,
      );
    }
    for (const right of [
      'ixx="0" iyy="0" izz="0"',
      'ixx="1" iyy="0.1" izz="0.1"',
      'ixx="2e-9" iyy="1e-9" izz="1e-9"',
    ]) {
      expect(new Dynamics(arm(right)).jointNames).toEqual(['j']);
    }
  });

  it('refuses unsupported joints', () => {
    const floating = parseUrdf(`<robot name="ball"><link name="world"/><link name="ball"/>
      <joint name="free" type="floating"><parent link="world"/><child link="ball"/></joint></robot>`);
    expect(() => new Dynamics(floating)).toThrow(InputError);
    expect(() => new Dynamics(arm, { armature: { knee: 1 } })).toThrow('armature: joint "knee" is unknown');
  });
});
