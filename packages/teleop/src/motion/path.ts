import { ACTION_SIZE, type ActionChunk, type PoseDistance, poseDistance, quaternion } from '@praxis/core';
import { interpolateChunk } from '@praxis/policy';
import type { ToolPose } from './tool-pose.ts';

/** Tool poses in a row, by a parameter that grows along it. */
export interface Path {
  /** How hard the tool may brake on it (unit of the parameter / s^2). */
  readonly deceleration: number;
  /** How far behind an arm that does follow may be (m and rad). */
  readonly trackingTolerance: PoseDistance;
  /** Writes `[x, y, z, qx, qy, qz, qw]`, base frame. */
  writePose(along: number, out: Float64Array): void;
}

/** What the tool speeds up with, and what it brakes with when it is told to: m/s^2 and rad/s^2. */
export const MAX_ACCELERATION = { linear: 0.5, angular: 2 };
const MAX_DECELERATION = { linear: 1, angular: 4 };
/** At full speed the simulated arm was measured up to 14 mm and 0.042 rad behind, with 40 ms of delay to its servos. */
export const MAX_TRACKING_LAG: PoseDistance = { metres: 0.025, radians: 0.15 };
/** Braking on a policy's own way takes so long (s). */
const CHUNK_BRAKING_TIME_S = 0.2;

/** Straight in position, and the shorter way round in orientation, both at once: parameter 0 .. 1. */
export class StraightPath implements Path {
  readonly trackingTolerance = MAX_TRACKING_LAG;
  readonly deceleration: number;
  /** Rate at which it is entered and left (1/s^2). */
  readonly acceleration: number;
  /** m and rad from one end to the other. */
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

  /** What keeps both the linear and the angular part within `most`, as a share of the path. */
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

/** The way of a chunk of another policy: the parameter is the time since its stamp (s). */
export class ChunkPath implements Path {
  readonly deceleration = 1 / CHUNK_BRAKING_TIME_S;
  readonly trackingTolerance = { metres: 0.1, radians: 0.5 };
  readonly #chunk: ActionChunk;
  readonly #row = new Float64Array(ACTION_SIZE);

  constructor(chunk: ActionChunk) {
    this.#chunk = chunk;
  }

  writePose(along: number, out: Float64Array): void {
    interpolateChunk(this.#chunk, this.#chunk.stamp + along, this.#row);
    for (let i = 0; i < 7; i++) out[i] = this.#row[i];
  }
}
