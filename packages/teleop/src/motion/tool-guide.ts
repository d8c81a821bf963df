import { ACTION_SIZE, type ActionChunk, type PolicySpec, poseDistance, SpeedProfile } from '@praxis/core';
import { interpolateChunk } from '@praxis/policy';
import { brakingMotion, Motion } from './motion.ts';
import { ChunkPath, MAX_TRACKING_LAG, StraightPath } from './path.ts';
import type { Plan } from './plan.ts';
import { isWithin, type ToolPose } from './tool-pose.ts';

/** The commanded motion of the tool, and its transitions to the next one. Times are in s, on the robot's clock. */
export class ToolGuide {
  #motion: Motion | undefined;

  /** True while it commands a motion: false before the first measurement and while another policy moves the tool. */
  get isActive(): boolean {
    return this.#motion !== undefined;
  }

  /** Time at which the tool comes to rest (s). */
  get end(): number {
    return this.#currentMotion.end;
  }

  /** Commanded tool pose at a time (base frame). */
  poseAt(time: number): ToolPose {
    return this.#currentMotion.poseAt(time);
  }

  /** Ends the motion without another one. */
  clear(): void {
    this.#motion = undefined;
  }

  /** Stands at a pose from `now` on. */
  holdAt(pose: ToolPose, now: number): void {
    this.#motion = Motion.rest(pose, now);
  }

  /** Brakes along the present path. */
  brake(now: number): void {
    this.#motion = this.#currentMotion.brakedAt(now);
  }

  /** Brakes along the chunk of the policy that moved the arm before. */
  brakeAlongChunk(chunk: ActionChunk, now: number): void {
    this.#motion = brakingMotion(new ChunkPath(chunk), now - chunk.stamp, 1, now);
  }

  /** Starts a plan from rest at the present pose. */
  startFromRest({ target, speed }: Plan, now: number): void {
    const path = new StraightPath(this.poseAt(now), target);
    this.#motion = new Motion(path, new SpeedProfile(1, 0, path.pathRate(speed), path.acceleration), now);
  }

  /** Continues along the same straight line without braking; false when the plan is too short to brake at its end. */
  continueStraight({ target, speed }: Plan, now: number): boolean {
    const before = this.#currentMotion;
    const path = new StraightPath(before.poseAt(now), target);
    const first = (before.speedAt(now) * (before.path as StraightPath).length.metres) / path.length.metres;
    if (!(first * first < 2 * path.acceleration)) return false;
    this.#motion = new Motion(path, new SpeedProfile(1, first, path.pathRate(speed), path.acceleration), now);
    return true;
  }

  /** True when a tool measured at `pose` follows its command within the tolerance. */
  isTracked(pose: ToolPose, now: number): boolean {
    const { path, end } = this.#currentMotion;
    return isWithin(poseDistance(pose, this.poseAt(now)), now < end ? path.trackingTolerance : MAX_TRACKING_LAG);
  }

  get #currentMotion(): Motion {
    return this.#motion!;
  }
}

/** Gates of a policy that uses no sensor modality. */
const ZERO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };

/** Samples the next part of a motion as a chunk. @param width commanded distance between the fingers (m) @param stamp time (s) */
export function guidedChunk(guide: ToolGuide, width: number, spec: PolicySpec, stamp: number): ActionChunk {
  const { horizon, actionPeriod: period } = spec;
  const actions = new Float64Array(horizon * ACTION_SIZE);
  for (let k = 0; k < horizon; k++) {
    actions.set(guide.poseAt(stamp + (k + 1) * period), k * ACTION_SIZE);
    actions[k * ACTION_SIZE + 7] = width;
  }
  return { stamp, period, horizon, actions, gates: ZERO_GATES };
}

/** The distance between the fingers that a chunk commands at a time (m); undefined outside the chunk's time span. */
export function commandedWidthAt(chunk: ActionChunk, now: number): number | undefined {
  if (now < chunk.stamp || now > chunk.stamp + chunk.horizon * chunk.period) return undefined;
  const row = new Float64Array(ACTION_SIZE);
  interpolateChunk(chunk, now, row);
  return row[7];
}
