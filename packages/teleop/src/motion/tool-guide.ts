import { ACTION_SIZE, type ActionChunk, type PolicySpec, poseDistance, SpeedProfile } from '@praxis/core';
import { interpolateChunk } from '@praxis/policy';
import { brakingOn, Motion } from './motion.ts';
import { ChunkPath, LAG, StraightPath } from './path.ts';
import type { Plan } from './plan.ts';
import { type ToolPose, within } from './tool-pose.ts';

/** Where the tool is to be: the motion under way, and how it passes into the next. Times in s, on the robot's clock. */
export class ToolGuide {
  #motion: Motion | undefined;

  /** False before the tool was measured, and while somebody else moves it. */
  get known(): boolean {
    return this.#motion !== undefined;
  }

  /** When it comes to rest. */
  get end(): number {
    return this.#now.end;
  }

  at(time: number): ToolPose {
    return this.#now.at(time);
  }

  forget(): void {
    this.#motion = undefined;
  }

  stand(pose: ToolPose, now: number): void {
    this.#motion = Motion.rest(pose, now);
  }

  /** Comes to rest on the path it is on. */
  brake(now: number): void {
    this.#motion = this.#now.braked(now);
  }

  /** Comes to rest on the way of what moved the arm before. */
  brakeOn(chunk: ActionChunk, now: number): void {
    this.#motion = brakingOn(new ChunkPath(chunk), now - chunk.stamp, 1, now);
  }

  /** From rest. */
  depart({ target, speed }: Plan, now: number): void {
    const path = new StraightPath(this.at(now), target);
    this.#motion = new Motion(path, new SpeedProfile(1, 0, path.share(speed), path.rate), now);
  }

  /** Goes on along the same straight line without braking; false where the way is too short for that. */
  goOn({ target, speed }: Plan, now: number): boolean {
    const before = this.#now;
    const path = new StraightPath(before.at(now), target);
    const first = (before.speed(now) * (before.path as StraightPath).length.metres) / path.length.metres;
    if (!(first * first < 2 * path.rate)) return false;
    this.#motion = new Motion(path, new SpeedProfile(1, first, path.share(speed), path.rate), now);
    return true;
  }

  /** Whether a tool that is measured at `pose` is as near as one that follows. */
  isFollowed(pose: ToolPose, now: number): boolean {
    const { path, end } = this.#now;
    return within(poseDistance(pose, this.at(now)), now < end ? path.slack : LAG);
  }

  get #now(): Motion {
    return this.#motion!;
  }
}

/** It looks at no sensor. */
const NO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };

/** The next part of a tool's way as actions. @param stamp s @param width told to the fingers (m) */
export function guidedChunk(guide: ToolGuide, width: number, spec: PolicySpec, stamp: number): ActionChunk {
  const { horizon, actionPeriod: period } = spec;
  const actions = new Float64Array(horizon * ACTION_SIZE);
  for (let k = 0; k < horizon; k++) {
    actions.set(guide.at(stamp + (k + 1) * period), k * ACTION_SIZE);
    actions[k * ACTION_SIZE + 7] = width;
  }
  return { stamp, period, horizon, actions, gates: NO_GATES };
}

/** What a chunk tells the fingers at a time (m); undefined at one that it says nothing of. */
export function widthAt(chunk: ActionChunk, now: number): number | undefined {
  if (now < chunk.stamp || now > chunk.stamp + chunk.horizon * chunk.period) return undefined;
  const row = new Float64Array(ACTION_SIZE);
  interpolateChunk(chunk, now, row);
  return row[7];
}
