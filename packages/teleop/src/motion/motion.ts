import { SpeedProfile } from '@praxis/core';
import type { Path } from './path.ts';
import { StraightPath } from './path.ts';
import type { ToolPose } from './tool-pose.ts';

/** A path with a speed profile: the commanded tool pose at any time. Instances are immutable; times are in s. */
export class Motion {
  /** Time at which the tool comes to rest (s). */
  readonly end: number;
  readonly path: Path;
  readonly #profile: SpeedProfile;
  readonly #start: number;
  readonly #offset: number;

  /** @param start time of the start (s) @param offset path parameter at the start */
  constructor(path: Path, profile: SpeedProfile, start: number, offset = 0) {
    this.path = path;
    this.#profile = profile;
    this.#start = start;
    this.#offset = offset;
    this.end = start + profile.duration;
  }

  /** The motion that stands at a pose. */
  static rest(pose: ToolPose, time: number): Motion {
    return new Motion(new StraightPath(pose, pose), new SpeedProfile(0, 0, 1, 1), time);
  }

  /** Commanded tool pose at a time (base frame); a new array. */
  poseAt(time: number): ToolPose {
    const pose = new Float64Array(7);
    this.path.writePose(this.#pathPosition(time), pose);
    return pose;
  }

  /** Speed along the path (unit of the path parameter per s). */
  speedAt(time: number): number {
    return this.#profile.speedAt(time - this.#start);
  }

  /** The motion that brakes along the same path from `time` on, with the path's full deceleration. */
  brakedAt(time: number): Motion {
    return brakingMotion(this.path, this.#pathPosition(time), this.speedAt(time), time);
  }

  #pathPosition(time: number): number {
    return this.#offset + this.#profile.positionAt(time - this.#start);
  }
}

/** The motion that brakes along a path. @param along path parameter at `time` (s) @param speed rate of the parameter then (1/s) */
export function brakingMotion(path: Path, along: number, speed: number, time: number): Motion {
  const brakingLength = (speed * speed) / (2 * path.deceleration);
  return new Motion(path, new SpeedProfile(brakingLength, speed, speed, path.deceleration), time, along);
}
