import { parseUrdf } from '@praxis/model';
import { expect, it } from 'vitest';
import { automaticServos } from './servo-gains.ts';

/** A rod of 1 kg whose inertia about the joint is 0.5 kg m^2. */
const robot = (effort: number) =>
  parseUrdf(`<robot name="r"><link name="a"/><link name="b"><inertial><origin xyz="0.5 0 0"/><mass value="1"/>
    <inertia ixx="0.25" iyy="0.25" izz="0.25" ixy="0" ixz="0" iyz="0"/></inertial></link>
    <joint name="j" type="revolute"><parent link="a"/><child link="b"/><axis xyz="0 0 1"/>
      <limit lower="-1" upper="1" effort="${effort}" velocity="1"/></joint></robot>`);
const servoOf = (effort: number, rate = 500) => {
  const model = robot(effort);
  return automaticServos(model, [{ joint: model.joints[0] }], {}, rate).get('j')!;
};

it('gains give 60 rad/s and damping 1.2 at the inertia that the joint moves', () => {
  const { kp, kv, armature } = servoOf(10);
  const inertia = 0.5 + armature;
  expect(Math.sqrt(kp / inertia)).toBeCloseTo(60, 9);
  expect(kv / (2 * Math.sqrt(kp * inertia))).toBeCloseTo(1.2, 9);
});

it('a strong joint is stiffer: its effort is reached at 0.1 rad, with a drive whose inertia keeps 60 rad/s', () => {
  const { kp, armature } = servoOf(500);
  expect(kp).toBeCloseTo(5000, 9);
  expect(Math.sqrt(kp / (0.5 + armature))).toBeCloseTo(60, 9);
});

it('a slower rate gives softer gains', () => {
  expect(servoOf(10, 250).kp).toBeCloseTo(servoOf(10).kp / 4, 9);
});
