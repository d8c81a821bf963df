import { InputError, Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import type { RobotModel } from '../description/robot-model.ts';
import { parseUrdf } from '../urdf/parse.ts';
import { chainKinematics } from './chain.ts';
import { KinematicTree } from './tree.ts';

const LIMIT = '<limit lower="-2" upper="2" effort="1" velocity="3"/>';
const JOINTS = [
  ['shoulder', 'revolute', 'base', 'upper', '<origin xyz="0 0 0.3" rpy="0.3 0.2 0.1"/><axis xyz="0 0 1"/>'],
  ['plate', 'fixed', 'upper', 'plate', '<origin xyz="0.1 0 0.2" rpy="0 1 0"/>'],
  ['elbow', 'continuous', 'plate', 'lower', '<origin xyz="0.4 0 0"/><axis xyz="0 1 0"/>'],
  ['slider', 'prismatic', 'lower', 'tip', '<origin xyz="0.1 0.1 0"/><axis xyz="1 1 0"/>'],
  ['wrist', 'revolute', 'tip', 'tool', '<axis xyz="1 0 0"/><mimic joint="shoulder" multiplier="-0.5" offset="0.2"/>'],
  ['finger', 'prismatic', 'tool', 'finger', '<axis xyz="0 0 1"/>'],
] as const;
const URDF = `<robot name="r">${['base', ...JOINTS.map((each) => each[3])].map((name) => `<link name="${name}"/>`).join('')}
  ${JOINTS.map(([name, type, parent, child, inside]) => `<joint name="${name}" type="${type}"><parent link="${parent}"/><child link="${child}"/>${inside}${type === 'continuous' ? '' : LIMIT}</joint>`).join('')}</robot>`;
const model = parseUrdf(URDF);

describe('KinematicTree', () => {
  const tree = new KinematicTree(model);

  it('places the root at the origin and children at their joints', () => {
    expect([...tree.pose('base')]).toEqual([0, 0, 0, 0, 0, 0, 1]);
    const [x, y, z] = tree.pose('upper', { shoulder: 1 });
    expect([x, y, z]).toEqual([0, 0, 0.3]);
  });

  it('a mimic joint follows its source unless it has its own value', () => {
    const given = tree.pose('tool', { shoulder: 1, wrist: -0.3 });
    const followed = tree.pose('tool', { shoulder: 1 });
    expect(followed).toEqual(given);
    expect(tree.pose('tool', { shoulder: 1, wrist: 0.7 })).not.toEqual(followed);
  });

  it('names invalid links, joints and values', () => {
    expect(() => tree.pose('tail')).toThrow(InputError);
    expect(() => tree.pose('tail')).toThrow('link "tail": unknown; the robot has base, upper');
    expect(() => tree.pose('tool', { knee: 1 })).toThrow('joint "knee": unknown; the robot has shoulder, elbow');
    expect(() => tree.pose('tool', { plate: 1 })).toThrow('joint "plate": is fixed');
    expect(() => tree.pose('tool', { elbow: Number.NaN })).toThrow(
      'joint "elbow": value NaN: expected a finite number',
    );
    expect(() => tree.pose('tool', { elbow: [1, 2] })).toThrow('joint "elbow": value 1 2');
  });
});

describe('chainKinematics', () => {
  const tree = new KinematicTree(model);
  const chain = chainKinematics(model, 'base', 'finger', { lockedJoints: { finger: 0.05 } });
  const random = new Random(1);
  const randomJoints = () => Float64Array.from(chain.jointNames, () => random.uniform(-2, 2));

  it('keeps the joints that mimic a variable within their own limits and speeds', () => {
    const hand = (followers: string): RobotModel =>
      parseUrdf(`<robot name="hand"><link name="palm"/><link name="a"/><link name="b"/><link name="c"/>
        <joint name="driver" type="revolute"><parent link="palm"/><child link="a"/>
          <limit lower="-1" upper="0.8" effort="1" velocity="2"/></joint>
        ${followers}</robot>`);
    const follower = (name: string, child: string, mimic: string, limit: string) =>
      `<joint name="${name}" type="revolute"><parent link="palm"/><child link="${child}"/>${mimic}${limit}</joint>`;
    const second = follower(
      'second',
      'b',
      '<mimic joint="driver" multiplier="-2" offset="0.1"/>',
      '<limit lower="-0.9" upper="1.1" effort="1" velocity="1"/>',
    );
    // It follows the follower: 0.5 * (-2 q + 0.1) = -q + 0.05 in 0..3 means q <= 0.05.
    const third = follower(
      'third',
      'c',
      '<mimic joint="second" multiplier="0.5"/>',
      '<limit lower="0" upper="3" effort="1" velocity="9"/>',
    );
    const limits = (model: RobotModel, locked = {}) => {
      const { lower, upper, maxVelocity } = chainKinematics(model, 'palm', 'a', { lockedJoints: locked });
      return [lower[0], upper[0], maxVelocity[0]];
    };
    expect(
      limits(hand(`${second}<joint name="fix" type="fixed"><parent link="palm"/><child link="c"/></joint>`)),
    ).toEqual([-0.5, 0.5, 0.5]);
    expect(limits(hand(second + third))).toEqual([-0.5, 0.05, 0.5]);
    expect(limits(hand(second + third), { third: 0 })).toEqual([-0.5, 0.5, 0.5]);
    const apart = third.replace('lower="0" upper="3"', 'lower="2" upper="3"');
    expect(() => limits(hand(second + apart))).toThrow(
      'joint "driver": joint "third" follows it (multiplier -1, offset 0.05) and leaves it no range with its limits 2..3',
    );
  });

  it("has the chain's independent joints as variables, with their limits", () => {
    expect(chain.jointNames).toEqual(['shoulder', 'elbow', 'slider']);
    expect([...chain.lower]).toEqual([-2, -Infinity, -2]);
    expect([...chain.upper]).toEqual([2, Infinity, 2]);
    expect([...chain.maxVelocity]).toEqual([3, Infinity, 3]);
  });

  it('places the tool as KinematicTree does', () => {
    const pose = new Float64Array(7);
    for (let k = 0; k < 50; k++) {
      const joints = randomJoints();
      const named = Object.fromEntries(chain.jointNames.map((name, i) => [name, joints[i]]));
      chain.forward(joints, pose);
      const expected = tree.pose('finger', { ...named, finger: 0.05 });
      for (let i = 0; i < 7; i++) expect(Math.abs(pose[i] - expected[i])).toBeLessThan(1e-14);
    }
  });

  it('has the Jacobian of finite differences, mimic joints included', () => {
    const n = chain.jointNames.length;
    const jacobian = new Float64Array(6 * n);
    const [before, after] = [new Float64Array(7), new Float64Array(7)];
    const h = 1e-6;
    for (let k = 0; k < 20; k++) {
      const joints = randomJoints();
      chain.jacobian(joints, jacobian);
      for (let i = 0; i < n; i++) {
        chain.forward(joints.with(i, joints[i] - h), before);
        chain.forward(joints.with(i, joints[i] + h), after);
        for (let a = 0; a < 3; a++) {
          expect(jacobian[a * n + i]).toBeCloseTo((after[a] - before[a]) / (2 * h), 7);
        }
        // For a small rotation the vector part of q' q* is half the rotation vector.
        const [ax, ay, az, aw] = after.subarray(3);
        const [bx, by, bz, bw] = before.subarray(3);
        const turn = [
          ax * bw - aw * bx - ay * bz + az * by,
          ay * bw - aw * by - az * bx + ax * bz,
          az * bw - aw * bz - ax * by + ay * bx,
        ];
        for (let a = 0; a < 3; a++) expect(jacobian[(3 + a) * n + i]).toBeCloseTo(turn[a] / h, 7);
      }
    }
  });

  it('starts at any link above the tool', () => {
    const upper = chainKinematics(model, 'plate', 'tip');
    expect(upper.jointNames).toEqual(['elbow', 'slider']);
    expect(chainKinematics(model, 'base', 'base').jointNames).toEqual([]);
  });

  it('names links that no chain connects', () => {
    expect(() => chainKinematics(model, 'base', 'tail')).toThrow('link "tail": unknown');
    expect(() => chainKinematics(model, 'tool', 'base')).toThrow(
      'link "base": expected one that hangs from link "tool"',
    );
    expect(() => chainKinematics(model, 'base', 'tool', { lockedJoints: { knee: 0 } })).toThrow(
      'joint "knee": unknown',
    );
  });
});
