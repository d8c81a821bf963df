import { InputError, quaternion, Random } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainKinematics } from '../kinematics/chain.ts';
import { parseUrdf } from '../urdf/parse.ts';
import { solveIk } from './solve.ts';

/** Offset (m), roll (rad) and limits (rad) of each joint of a 7-joint arm with a bent elbow; all rotate about z. */
const ARM = [
  [0, 0, 0.333, 0, -2.9, 2.9],
  [0, 0, 0, -1.5708, -1.76, 1.76],
  [0, -0.316, 0, 1.5708, -2.9, 2.9],
  [0.0825, 0, 0, 1.5708, -3.07, -0.07],
  [-0.0825, 0.384, 0, -1.5708, -2.9, 2.9],
  [0, 0, 0, 1.5708, -0.02, 3.75],
  [0.088, 0, 0, 1.5708, -2.9, 2.9],
] as const;

const URDF = `<robot name="arm"><link name="link0"/>${ARM.map(
  ([x, y, z, roll, lower, upper], i) => `<link name="link${i + 1}"/>
    <joint name="joint${i + 1}" type="revolute"><parent link="link${i}"/><child link="link${i + 1}"/>
    <origin xyz="${x} ${y} ${z}" rpy="${roll} 0 0"/><axis xyz="0 0 1"/>
    <limit lower="${lower}" upper="${upper}" effort="87" velocity="2"/></joint>`,
).join('')}</robot>`;

const model = parseUrdf(URDF);
const chain = chainKinematics(model, 'link0', 'link7');
const N = ARM.length;

function reachable(random: Random): { joints: Float64Array; pose: Float64Array } {
  const joints = Float64Array.from(chain.lower, (lower, i) => random.uniform(lower, chain.upper[i]));
  const pose = new Float64Array(7);
  chain.forward(joints, pose);
  return { joints, pose };
}

const within = (joints: Float64Array): boolean =>
  joints.every((value, i) => value >= chain.lower[i] && value <= chain.upper[i]);

describe('solveIk', () => {
  it('reaches every pose that is reachable within the limits', () => {
    const random = new Random(5);
    const pose = new Float64Array(7);
    for (let k = 0; k < 300; k++) {
      const target = reachable(random).pose;
      const solution = solveIk(chain, target);
      expect(solution.converged, target.join()).toBe(true);
      expect(within(solution.joints)).toBe(true);
      chain.forward(solution.joints, pose);
      const distance = Math.hypot(pose[0] - target[0], pose[1] - target[1], pose[2] - target[2]);
      const cosine = Math.abs(pose[3] * target[3] + pose[4] * target[4] + pose[5] * target[5] + pose[6] * target[6]);
      expect(distance).toBeLessThan(1.1e-6);
      expect(cosine).toBeGreaterThan(1 - 1e-12);
      expect(solution.positionError).toBeCloseTo(distance, 9);
    }
  });

  it('is bit-identical for equal arguments', () => {
    const { pose } = reachable(new Random(6));
    expect(solveIk(chain, pose, { seed: 3 })).toEqual(solveIk(chain, pose, { seed: 3 }));
  });

  it('moves redundant joints towards the posture', () => {
    const random = new Random(7);
    const away = (a: ArrayLike<number>, b: Float64Array) => Math.hypot(...Array.from(b, (value, i) => value - a[i]));
    for (let k = 0; k < 20; k++) {
      const { joints, pose } = reachable(random);
      const posture = joints.map((value) => value + random.uniform(-0.2, 0.2));
      const stay = solveIk(chain, pose, { start: joints, posture: joints });
      expect(stay.converged).toBe(true);
      expect(away(joints, stay.joints)).toBeLessThan(1e-6);
      const drawn = solveIk(chain, pose, { start: joints, posture });
      expect(drawn.converged).toBe(true);
      expect(away(posture, drawn.joints)).toBeLessThanOrEqual(away(posture, joints) + 1e-6);
    }
  });

  it('returns the closest joints for an unreachable pose', () => {
    const solution = solveIk(chain, [3, 0, 0.3, 0, 0, 0, 1], { restarts: 3, task: 'position' });
    expect(solution.converged).toBe(false);
    expect(within(solution.joints)).toBe(true);
    // Stretched along x: shoulder to wrist to flange is about 0.85 m.
    expect(solution.positionError).toBeGreaterThan(2);
    expect(solution.positionError).toBeLessThan(2.25);
  });

  it('reaches the position with few joints, and turns the tool as close as it can', () => {
    const short = chainKinematics(model, 'link0', 'link5');
    const random = new Random(9);
    const pose = new Float64Array(7);
    const turn = new Float64Array(4);
    let turns = 0;
    for (let k = 0; k < 60; k++) {
      const joints = Float64Array.from(short.lower, (lower, i) => random.uniform(lower, short.upper[i]));
      short.forward(joints, pose);
      const exact = solveIk(short, pose);
      expect(exact.converged).toBe(true);
      if (exact.orientationError < 1e-5) turns++;
      quaternion.fromRotationVector([0.2, -0.1, 0.15], turn);
      quaternion.multiply(turn, pose, pose, 0, 3, 3);
      const solution = solveIk(short, pose);
      expect(solution.converged).toBe(true);
      expect(solution.positionError).toBeLessThan(1e-6);
      // Without the turn of 0.27 rad the orientation is one that the position allows.
      expect(solution.orientationError).toBeLessThan(0.27);
      expect(solveIk(short, pose, { task: 'pose', restarts: 2 }).converged).toBe(false);
    }
    expect(turns).toBeGreaterThanOrEqual(58);
  });

  it('never leaves the limits and never moves a held joint, whatever the pose', () => {
    const joint = fc.nat(N - 1);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), share, share),
        fc.uniqueArray(joint, { maxLength: 4 }),
        fc.array(share, { minLength: N, maxLength: N }),
        fc.constantFrom('pose' as const, 'position' as const),
        ([x, y, z], held, shares, task) => {
          const start = shares.map((part, i) => chain.lower[i] + part * (chain.upper[i] - chain.lower[i]));
          for (const i of held) start[i] = Math.min(Math.max(start[i], chain.lower[i]), chain.upper[i]);
          const hold = held.map((i) => chain.jointNames[i]);
          const { joints } = solveIk(chain, [x, y, z, 1, 0, 0, 0], { start, hold, task, restarts: 2 });
          expect(within(joints)).toBe(true);
          for (const i of held) expect(joints[i]).toBe(start[i]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reaches a position with the joints that are not held', () => {
    const random = new Random(10);
    const pose = new Float64Array(7);
    for (let k = 0; k < 40; k++) {
      const { joints: start } = reachable(random);
      const goal = reachable(random).joints;
      const held = [2, 5];
      for (const i of held) goal[i] = start[i];
      chain.forward(goal, pose);
      const hold = held.map((i) => chain.jointNames[i]);
      const solution = solveIk(chain, pose, { start, hold });
      // Five joints are left, so the position comes first by itself.
      expect(solution.converged).toBe(true);
      for (const i of held) expect(solution.joints[i]).toBe(start[i]);
    }
  });

  it('accepts a solution within the tolerances', () => {
    const { pose } = reachable(new Random(11));
    const exact = solveIk(chain, pose);
    const rough = solveIk(chain, pose, { positionTolerance: 0.01, orientationTolerance: 0.1 });
    expect(exact.positionError).toBeLessThan(1e-6);
    expect(rough.converged).toBe(true);
    expect(() => solveIk(chain, pose, { positionTolerance: 0 })).toThrow(
      'position tolerance 0 m: expected more than 0',
    );
  });

  it('names a held joint that it does not know, or that starts outside its limits', () => {
    const { joints, pose } = reachable(new Random(12));
    expect(() => solveIk(chain, pose, { hold: ['elbow'] })).toThrow('held joint "elbow": unknown');
    joints[3] = 1;
    expect(() => solveIk(chain, pose, { start: joints, hold: ['joint4'] })).toThrow('its start 1 is outside');
  });

  it('handles a chain without joints', () => {
    const nothing = chainKinematics(model, 'link0', 'link0');
    expect(solveIk(nothing, [0, 0, 0, 0, 0, 0, 1])).toMatchObject({ converged: true, positionError: 0 });
    expect(solveIk(nothing, [1, 0, 0, 0, 0, 0, 1])).toMatchObject({ converged: false, positionError: 1 });
  });

  it('accepts a quaternion of any length except 0', () => {
    const { pose } = reachable(new Random(8));
    const longer = pose.map((value, i) => (i < 3 ? value : -2 * value));
    expect(solveIk(chain, longer).converged).toBe(true);
    expect(() => solveIk(chain, [0, 0, 0, 0, 0, 0, 0])).toThrow(InputError);
  });

  it('names invalid arguments', () => {
    expect(() => solveIk(chain, [0, 0, 0])).toThrow('pose 0,0,0: expected 7 finite numbers');
    expect(() => solveIk(chain, [0, 0, Number.NaN, 0, 0, 0, 1])).toThrow(InputError);
    expect(() => solveIk(chain, [0, 0, 0, 0, 0, 0, 1], { start: [1] })).toThrow(
      `start 1: expected ${N} finite numbers`,
    );
  });
});
