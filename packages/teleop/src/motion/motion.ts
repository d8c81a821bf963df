import { SpeedProfile } from '@praxis/core';
import type { Path } from './path.ts';
import { StraightPath } from './path.ts';
import type { ToolPose } from './tool-pose.ts';

/** A way through time: where the tool is to be at each moment, for ever. A value: a change makes a new one. */
export class Motion {
  /** s, when it comes to rest. */
  readonly end: number;
  readonly path: Path;
  readonly #profile: SpeedProfile;
  readonly #start: number;
  readonly #offset: number;

  /** @param offset where on the path it begins at time `start` (s) */
  constructor(path: Path, profile: SpeedProfile, start: number, offset = 0) {
    this.path = path;
    this.#profile = profile;
    this.#start = start;
    this.#offset = offset;
    this.end = start + profile.duration;
  }

  /** Stands there. */
  static rest(pose: ToolPose, time: number): Motion {
    return new Motion(new StraightPath(pose, pose), new SpeedProfile(0, 0, 1, 1), time);
  }

  poseAt(time: number): ToolPose {
    const pose = new Float64Array(7);
    this.path.writePose(this.#pathPosition(time), pose);
    return pose;
  }

  /** Along the path (unit of its parameter / s). */
  speedAt(time: number): number {
    return this.#profile.speedAt(time - this.#start);
  }

  /** The same up to `time`, and then to rest on the same path as hard as that allows. */
  brakedAt(time: number): Motion {
    return brakingMotion(this.path, this.#pathPosition(time), this.speedAt(time), time);
  }

  #pathPosition(time: number): number {
    return this.#offset + this.#profile.positionAt(time - this.#start);
  }
}

/** Comes to rest on a path, from `along` and `speed` at `time` (s). */
export function brakingMotion(path: Path, along: number, speed: number, time: number): Motion {
  const brakingLength = (speed * speed) / (2 * path.deceleration);
  return new Motion(path, new SpeedProfile(brakingLength, speed, speed, path.deceleration), time, along);
}
