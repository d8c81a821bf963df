import { ACTION_SIZE, type ActionChunk, type PolicySpec, poseDistance, SpeedProfile } from '@praxis/core';
import { interpolateChunk } from '@praxis/policy';
import { brakingMotion, Motion } from './motion.ts';
import { ChunkPath, MAX_TRACKING_LAG, StraightPath } from './path.ts';
import type { Plan } from './plan.ts';
import { isWithin, type ToolPose } from './tool-pose.ts';

/** Where the tool is to be: the motion under way, and how it passes into the next. Times in s, on the robot's clock. */
export class ToolGuide {
  #motion: Motion | undefined;

  /** False before the tool was measured, and while somebody else moves it. */
  get isActive(): boolean {
    return this.#motion !== undefined;
  }

  /** When it comes to rest. */
  get end(): number {
    return this.#currentMotion.end;
  }

  poseAt(time: number): ToolPose {
    return this.#currentMotion.poseAt(time);
  }

  clear(): void {
    this.#motion = undefined;
  }

  holdAt(pose: ToolPose, now: number): void {
    this.#motion = Motion.rest(pose, now);
  }

  /** Comes to rest on the path it is on. */
  brake(now: number): void {
    this.#motion = this.#currentMotion.brakedAt(now);
  }

  /** Comes to rest on the way of what moved the arm before. */
  brakeAlongChunk(chunk: ActionChunk, now: number): void {
    this.#motion = brakingMotion(new ChunkPath(chunk), now - chunk.stamp, 1, now);
  }

  /** From rest. */
  startFromRest({ target, speed }: Plan, now: number): void {
    const path = new StraightPath(this.poseAt(now), target);
    this.#motion = new Motion(path, new SpeedProfile(1, 0, path.pathRate(speed), path.acceleration), now);
  }

  /** Goes on along the same straight line without braking; false where the way is too short for that. */
  continueStraight({ target, speed }: Plan, now: number): boolean {
    const before = this.#currentMotion;
    const path = new StraightPath(before.poseAt(now), target);
    const first = (before.speedAt(now) * (before.path as StraightPath).length.metres) / path.length.metres;
    if (!(first * first < 2 * path.acceleration)) return false;
    this.#motion = new Motion(path, new SpeedProfile(1, first, path.pathRate(speed), path.acceleration), now);
    return true;
  }

  /** Whether a tool that is measured at `pose` is as near as one that follows. */
  isTracked(pose: ToolPose, now: number): boolean {
    const { path, end } = this.#currentMotion;
    return isWithin(poseDistance(pose, this.poseAt(now)), now < end ? path.trackingTolerance : MAX_TRACKING_LAG);
  }

  get #currentMotion(): Motion {
    return this.#motion!;
  }
}

/** It looks at no sensor. */
const ZERO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };

/** The next part of a tool's way as actions. @param stamp s @param width told to the fingers (m) */
export function guidedChunk(guide: ToolGuide, width: number, spec: PolicySpec, stamp: number): ActionChunk {
  const { horizon, actionPeriod: period } = spec;
  const actions = new Float64Array(horizon * ACTION_SIZE);
  for (let k = 0; k < horizon; k++) {
    actions.set(guide.poseAt(stamp + (k + 1) * period), k * ACTION_SIZE);
    actions[k * ACTION_SIZE + 7] = width;
  }
  return { stamp, period, horizon, actions, gates: ZERO_GATES };
}

/** What a chunk tells the fingers at a time (m); undefined at one that it says nothing of. */
export function commandedWidthAt(chunk: ActionChunk, now: number): number | undefined {
  if (now < chunk.stamp || now > chunk.stamp + chunk.horizon * chunk.period) return undefined;
  const row = new Float64Array(ACTION_SIZE);
  interpolateChunk(chunk, now, row);
  return row[7];
}
