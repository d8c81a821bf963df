import { POSE_SIZE, quaternion, sincos } from '@praxis/core';
import type { Joint, JointType } from '../description/robot-model.ts';

const trig = new Float64Array(2);

/** Computes the pose of a frame rotated by `angle` (rad) about the unit vector at `axis[offset]`. */
export function rotationPose(axis: Float64Array, offset: number, angle: number, out: Float64Array): void {
  sincos(0.5 * angle, trig);
  out[0] = 0;
  out[1] = 0;
  out[2] = 0;
  out[3] = axis[offset] * trig[0];
  out[4] = axis[offset + 1] * trig[0];
  out[5] = axis[offset + 2] * trig[0];
  out[6] = trig[1];
}

/** Computes the pose of a frame translated by `distance` (m) along the unit vector at `axis[offset]`. */
export function translationPose(axis: Float64Array, offset: number, distance: number, out: Float64Array): void {
  out[0] = axis[offset] * distance;
  out[1] = axis[offset + 1] * distance;
  out[2] = axis[offset + 2] * distance;
  out[3] = 0;
  out[4] = 0;
  out[5] = 0;
  out[6] = 1;
}

/**
 * Computes the pose of a frame translated in the plane normal to the axis and then rotated about the axis. The plane's
 * x and y are the frame's x and y after the shortest rotation from z to the axis, as in MuJoCo.
 */
export function planarPose(
  axis: Float64Array,
  offset: number,
  at: Float64Array,
  from: number,
  out: Float64Array,
): void {
  rotationPose(axis, offset, at[from + 2], out);
  const ax = axis[offset];
  const ay = axis[offset + 1];
  const az = axis[offset + 2];
  const x = at[from];
  const y = at[from + 1];
  if (az < -1 + 1e-12) {
    // Half a turn about x: MuJoCo's choice, because every axis is equally short here.
    out[0] = x;
    out[1] = -y;
    return;
  }
  const k = 1 / (1 + az);
  out[0] = x * (1 - k * ax * ax) - y * k * ax * ay;
  out[1] = y * (1 - k * ay * ay) - x * k * ax * ay;
  out[2] = -ax * x - ay * y;
}

/** Computes the pose of a joint's child in the joint's frame; `at` holds the joint's coordinates from index `from`. */
export function jointPose(
  type: JointType,
  axis: Float64Array,
  offset: number,
  at: Float64Array,
  from: number,
  out: Float64Array,
): void {
  switch (type) {
    case 'revolute':
    case 'continuous':
      rotationPose(axis, offset, at[from], out);
      return;
    case 'prismatic':
      translationPose(axis, offset, at[from], out);
      return;
    case 'planar':
      planarPose(axis, offset, at, from, out);
      return;
    case 'floating':
      for (let i = 0; i < POSE_SIZE; i++) out[i] = at[from + i];
      quaternion.normalise(out, out, 3, 3);
      return;
    case 'fixed':
      translationPose(axis, offset, 0, out);
  }
}

/** The axes of the joints in one array. */
export const axesOf = (joints: readonly Joint[]): Float64Array => Float64Array.from(joints.flatMap(({ axis }) => axis));
