import { parseUrdf } from '@praxis/model';
import { ARM_LAYOUT } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { TransformStamped } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { ArmFrames } from './frames.ts';

const STAMP = { sec: 1, nanosec: 0 };
const model = parseUrdf(armUrdf(), { source: 'the arm', hasMesh: () => true });
const frames = new ArmFrames(model);
const childrenOf = (transforms: readonly TransformStamped[]) => transforms.map(({ child_frame_id: child }) => child);

describe('ArmFrames', () => {
  it('has the frames of the cameras and of the force/torque sensor among the fixed ones', () => {
    const fixed = frames.fixed(STAMP);
    const sensors = [ARM_LAYOUT.sensorFrame, ...ARM_LAYOUT.cameras.map(({ frame }) => frame)];
    expect(childrenOf(fixed)).toEqual(expect.arrayContaining(sensors));
    expect(fixed.find(({ child_frame_id: child }) => child === 'flange')).toEqual({
      header: { stamp: STAMP, frame_id: 'link7' },
      child_frame_id: 'flange',
      transform: {
        translation: { x: 0, y: 0, z: expect.closeTo(0.107, 12) },
        rotation: { x: 0, y: 0, z: 0, w: expect.closeTo(1, 12) },
      },
    });
  });

  it('has each link once, the moving ones where their joints are', () => {
    const joints = Object.fromEntries(ARM_LAYOUT.joints.map((name) => [name, 0.1]));
    const moving = frames.moving(joints, STAMP);
    expect(childrenOf(moving)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => `link${n}`).concat('left_finger', 'right_finger'),
    );
    expect(moving[0].transform.rotation.z).toBeCloseTo(Math.sin(0.05), 12);
    expect([...childrenOf(moving), ...childrenOf(frames.fixed(STAMP))]).toHaveLength(model.links.length - 1);
  });
});
