import {
  type ActionChunk,
  armBlocks,
  interpolateBlock,
  POSE_SIZE,
  type PolicySpec,
  poseDistance,
  rowAt,
  SpeedProfile,
  type ToolTask,
} from '@praxis/core';
import { brakingMotion, Motion } from './motion.ts';
import { ChunkPath, MAX_TRACKING_LAG, StraightPath } from './path.ts';
import type { Plan } from './plan.ts';
import { isWithin, type ToolPose } from './tool-pose.ts';

/** The commanded motion of the tool, and its transitions to the next one. Times are in s, on the robot's clock. */
export class ToolGuide {
  readonly #task: ToolTask;
  #motion: Motion | undefined;

  /** @param task with `position` the tool follows when its position does, whatever its orientation */
  constructor(task: ToolTask) {
    this.#task = task;
  }

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
    const { metres, radians } = now < end ? path.trackingTolerance : MAX_TRACKING_LAG;
    const tolerance = { metres, radians: this.#task === 'pose' ? radians : Infinity };
    return isWithin(poseDistance(pose, this.poseAt(now)), tolerance);
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
  const poses = new Float64Array(horizon * POSE_SIZE);
  for (let k = 0; k < horizon; k++) poses.set(guide.poseAt(stamp + (k + 1) * period), k * POSE_SIZE);
  const blocks = armBlocks(poses, new Float64Array(horizon).fill(width));
  return { stamp, period, horizon, blocks, gates: ZERO_GATES };
}

/** True for a time (s) within the span of a chunk. */
export const covers = ({ stamp, horizon, period }: ActionChunk, now: number): boolean =>
  now >= stamp && now <= stamp + horizon * period;

/** The distance between the fingers that a chunk commands at a time (m); undefined without a gripper. */
export function commandedWidthAt(chunk: ActionChunk, now: number): number | undefined {
  const widths = Object.values(chunk.blocks).find(({ space }) => space === 'gripper');
  if (!widths) return undefined;
  const out = new Float64Array(1);
  interpolateBlock(widths, rowAt(chunk, now), chunk.horizon, out);
  return out[0];
}
