import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@praxis/core';
import { chainKinematics, parseUrdf, solveIk } from '@praxis/model';
import { describe, expect, it } from 'vitest';
import { needs } from './needs.ts';
import { root } from './run-praxis.ts';

const POSES = 512;
const ROBOTS = join(root, '../shared/robots');
/**
 * Solved poses of 512: random ones, and those with each joint within 1 % of its range from one of its limits.
 */
const ARMS = [
  { name: 'Praxis arm', file: join(root, 'urdf/praxis_arm.urdf'), tool: 'tool0', random: 511, corners: 500 },
  { name: 'FR3', file: join(ROBOTS, 'fr3/fr3.urdf'), tool: 'fr3_hand_tcp', random: 510, corners: 510 },
  { name: 'xArm 7', file: join(ROBOTS, 'xarm7/xarm7.urdf'), tool: 'link7', random: 512, corners: 510 },
  {
    name: 'SO-101',
    file: join(ROBOTS, 'so101/so101_new_calib.urdf'),
    tool: 'gripper_frame_link',
    random: 511,
    corners: 460,
  },
];

describe('solveIk on whole arms', () => {
  for (const { name, file, tool, random, corners } of ARMS) {
    it(
      `solves random and corner poses of the ${name}`,
      needs(existsSync(file) ? undefined : `data of others: ${file}`),
      () => {
        const model = parseUrdf(readFileSync(file, 'utf8'), { hasMesh: () => true });
        const chain = chainKinematics(model, model.root, tool);
        const draw = new Random(1, 'corner');
        const anywhere = (lower: number, upper: number) => draw.uniform(lower, upper);
        const nearLimit = (lower: number, upper: number) => {
          const margin = 0.01 * (upper - lower) * draw.uniform(0, 1);
          return draw.uniform(0, 1) < 0.5 ? lower + margin : upper - margin;
        };
        const solved = (position: typeof anywhere) => {
          let count = 0;
          const pose = new Float64Array(7);
          for (let k = 0; k < POSES; k++) {
            chain.forward(
              Float64Array.from(chain.lower, (lower, i) => position(lower, chain.upper[i])),
              pose,
            );
            if (solveIk(chain, pose, { task: 'pose' }).converged) count++;
          }
          return count;
        };
        expect(solved(anywhere)).toBeGreaterThanOrEqual(random);
        expect(solved(nearLimit)).toBeGreaterThanOrEqual(corners);
      },
    );
  }
});
