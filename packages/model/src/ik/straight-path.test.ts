import { readFileSync } from 'node:fs';
import { type Pose, quaternion } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { chainKinematics } from '../kinematics/chain.ts';
import { parseUrdf } from '../urdf/parse.ts';
import { solveIk } from './solve.ts';
import { isStraightPathReachable } from './straight-path.ts';

const urdf = readFileSync(new URL('../../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8');
const chain = chainKinematics(parseUrdf(urdf, { hasMesh: () => true }), 'base_link', 'tool0');
const POSTURE = [0, -0.35, 0, -2.4, 0, 2.05, 0.785];
const down = (x: number, y: number, z: number): Pose => Float64Array.of(x, y, z, 1, 0, 0, 0);

describe('isStraightPathReachable', () => {
  const home = down(0.44, 0, 0.3);

  it('is true within reach and false beyond it', () => {
    expect(isStraightPathReachable(chain, home, down(0.72, 0.2, 0.3), POSTURE)).toBe(true);
    expect(isStraightPathReachable(chain, home, down(0.78, 0.45, 0.3), POSTURE)).toBe(false);
    expect(isStraightPathReachable(chain, home, down(0.5, 0, 1.5), POSTURE)).toBe(false);
  });

  it('is false if a joint reaches its limit on the path, even if the pose is reachable', () => {
    const turned = (quarters: number): Pose => {
      const pose = Float64Array.from(home);
      quaternion.fromRotationVector([0, 0, (quarters * Math.PI) / 2], pose, 0, 3);
      quaternion.multiply(home, pose, pose, 3, 3, 3);
      return pose;
    };
    expect(isStraightPathReachable(chain, turned(0), turned(1), POSTURE)).toBe(true);
    expect(isStraightPathReachable(chain, turned(1), turned(2), POSTURE)).toBe(false);
    expect(solveIk(chain, turned(2), { posture: POSTURE }).converged).toBe(true);
  });

  it('accepts a start slightly outside the workspace', () => {
    let far = 0.6;
    while (solveIk(chain, down(far, 0.2, 0.3), { posture: POSTURE }).converged) far += 0.001;
    expect(isStraightPathReachable(chain, down(far + 0.001, 0.2, 0.3), home, POSTURE)).toBe(true);
  });
});
