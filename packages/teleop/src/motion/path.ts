import {
  type ActionBlock,
  type ActionChunk,
  InputError,
  interpolateBlock,
  type PoseDistance,
  poseDistance,
  quaternion,
  rowAt,
} from '@praxis/core';
import type { ToolPose } from './tool-pose.ts';

/** A curve of tool poses over a parameter that grows along it. */
export interface Path {
  /** Deceleration with which the tool brakes on it (unit of the parameter per s^2). */
  readonly deceleration: number;
  /** Largest distance between command and measurement of an arm that still counts as following (m and rad). */
  readonly trackingTolerance: PoseDistance;
  /** Writes the pose at a parameter as `[x, y, z, qx, qy, qz, qw]` (base frame, m and unit quaternion). */
  writePose(along: number, out: Float64Array): void;
}

/** Acceleration of the tool, and its deceleration at the end of a goal: `linear` in m/s^2, `angular` in rad/s^2. */
export const MAX_ACCELERATION = { linear: 0.5, angular: 2 };
/** Deceleration of the tool when it brakes before the end of a goal: `linear` in m/s^2, `angular` in rad/s^2. */
const MAX_DECELERATION = { linear: 1, angular: 4 };
/** Tolerance of a straight path. The simulated arm lags by up to 14 mm and 0.042 rad at full speed with 40 ms servo delay. */
export const MAX_TRACKING_LAG: PoseDistance = { metres: 0.025, radians: 0.15 };
/** Time to brake along a chunk of another policy (s). */
const CHUNK_BRAKING_TIME_S = 0.2;

/** A straight line in position with the shorter rotation in orientation, both over the parameter 0 .. 1. */
export class StraightPath implements Path {
  readonly trackingTolerance = MAX_TRACKING_LAG;
  readonly deceleration: number;
  /** Acceleration at its start and end (1/s^2). */
  readonly acceleration: number;
  /** Distance from one end to the other (m and rad). */
  readonly length: PoseDistance;
  readonly #from: ToolPose;
  readonly #to: ToolPose;

  constructor(from: ToolPose, to: ToolPose) {
    this.#from = Float64Array.from(from);
    this.#to = Float64Array.from(to);
    this.length = poseDistance(from, to);
    this.deceleration = this.pathRate(MAX_DECELERATION);
    this.acceleration = this.pathRate(MAX_ACCELERATION);
  }

  /** The largest rate of the parameter that keeps the linear and the angular part within `most`; 1 for an empty path. */
  pathRate(most: { readonly linear: number; readonly angular: number }): number {
    const { metres, radians } = this.length;
    const share = Math.min(most.linear / metres, most.angular / radians);
    return Number.isFinite(share) ? share : 1;
  }

  writePose(along: number, out: Float64Array): void {
    for (let i = 0; i < 3; i++) out[i] = this.#from[i] + along * (this.#to[i] - this.#from[i]);
    quaternion.slerp(this.#from, this.#to, along, out, 3, 3, 3);
  }
}

/** The path of another policy's chunk. The parameter is the time since the chunk's stamp (s). */
export class ChunkPath implements Path {
  readonly deceleration = 1 / CHUNK_BRAKING_TIME_S;
  readonly trackingTolerance = { metres: 0.1, radians: 0.5 };
  readonly #chunk: ActionChunk;
  readonly #poses: ActionBlock;

  /** @throws {InputError} when the chunk has no poses of the tool */
  constructor(chunk: ActionChunk) {
    const poses = Object.values(chunk.blocks).find(({ space }) => space === 'ee_pose');
    if (!poses) throw new InputError(`chunk: blocks ${Object.keys(chunk.blocks).join(', ')}, expected one of ee_pose`);
    this.#chunk = chunk;
    this.#poses = poses;
  }

  writePose(along: number, out: Float64Array): void {
    interpolateBlock(this.#poses, rowAt(this.#chunk, this.#chunk.stamp + along), this.#chunk.horizon, out);
  }
}
