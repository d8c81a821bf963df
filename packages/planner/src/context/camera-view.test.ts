import { quaternion } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CameraView, pointAtHeight, projectPoint } from './camera-view.ts';

/** A camera at a place that looks down, turned by an angle about each axis (rad). */
function cameraAt(position: readonly number[], tilt: readonly number[], aspect = 1): CameraView {
  const turn = new Float64Array(4);
  quaternion.fromRotationVector(Float64Array.from(tilt), turn);
  const pose = new Float64Array(7);
  pose.set(position);
  quaternion.multiply([1, 0, 0, 0], turn, pose, 0, 0, 3);
  return { name: 'front', pose, fovY: 0.8, aspect };
}

describe('a camera view', () => {
  it('sees the point below it in the middle of its picture', () => {
    const { x, y } = projectPoint(cameraAt([0.4, 0.1, 0.6], [0, 0, 0]), [0.4, 0.1, 0])!;
    expect([x, y]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
  });

  it('has the edge of its picture at half of its field of view', () => {
    const view = cameraAt([0, 0, 1], [0, 0, 0], 1.5);
    const edge = Math.tan(view.fovY / 2);
    // The camera looks down with its x axis along that of the base: y of the picture grows against y of the base.
    expect(projectPoint(view, [1.5 * edge, -edge, 0])).toEqual({ x: expect.closeTo(1, 12), y: expect.closeTo(1, 12) });
  });

  it('places what it sees at the height where it is: projection and placing are inverse', () => {
    const metres = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
    fc.assert(
      fc.property(metres(0.3), metres(0.3), metres(0.4), metres(0.4), metres(0.05), (x, y, a, b, height) => {
        const view = cameraAt([0.3, 0, 0.7], [a, b, a - b], 1.3);
        const seen = projectPoint(view, [x, y, height])!;
        const point = pointAtHeight(view, seen, height)!;
        expect(point.map((each, i) => Math.abs(each - [x, y, height][i])).every((gap) => gap < 1e-9)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('sees nothing behind it, and places nothing above the horizon', () => {
    const view = cameraAt([0, 0, 0.5], [0, 0, 0]);
    expect(projectPoint(view, [0, 0, 0.6])).toBeUndefined();
    expect(pointAtHeight(view, { x: 0.5, y: 0.5 }, 0.9)).toBeUndefined();
    const level = cameraAt([0, 0, 0.5], [Math.PI / 2, 0, 0]);
    expect(pointAtHeight(level, { x: 0.5, y: 0.5 }, 0)).toBeUndefined();
  });
});
