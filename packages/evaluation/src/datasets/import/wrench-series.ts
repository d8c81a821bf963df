import { ContactWrench, type Kinematics, POSE_SIZE, type ToolLoad } from '@praxis/core';
import { WRENCH_WINDOW_SAMPLES } from '../../demonstrations/record-format.ts';

/** Rate of contact wrenches (Hz), which every loop has. */
const CONTACT_RATE_HZ = 100;
const WRENCH_SIZE = 6;

/** What {@link WrenchSeries} is made of. */
export interface WrenchFrames {
  /** Wrench of each frame (N, N m; force first). */
  readonly wrenches: readonly ArrayLike<number>[];
  /** Positions of the arm's joints in each frame (rad), in the order of the kinematics. */
  readonly joints: readonly ArrayLike<number>[];
  readonly fps: number;
  readonly kinematics: Kinematics;
  /** Load of the sensor whose weight and zero are still in the wrenches; undefined where they are subtracted already. */
  readonly load: ToolLoad | undefined;
}

/** Value between two frames. @param at place among the frames, from 0 to the last one */
export function betweenFrames(rows: readonly ArrayLike<number>[], at: number): Float64Array {
  const place = Math.min(Math.max(at, 0), rows.length - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  return Float64Array.from(rows[low], (value, i) => value + (place - low) * (rows[high][i] - value));
}

/**
 * Contact wrenches of an episode at the rate at which a policy reads them, linear between two frames: the weight of the tool and the zero of the
 * sensor, which is measured in the first tenth of a second, are subtracted as on a robot.
 */
export class WrenchSeries {
  /** First frame that has a contact wrench: the sensor has its zero then. */
  readonly firstFrame: number;
  readonly #samples: readonly Float64Array[];
  /** Index among all samples of the first one that is kept. */
  readonly #first: number;
  readonly #fps: number;

  constructor({ wrenches, joints, fps, kinematics, load }: WrenchFrames) {
    this.#fps = fps;
    const count = this.#at(wrenches.length - 1) + 1;
    const contact = load && new ContactWrench(load, CONTACT_RATE_HZ);
    const pose = new Float64Array(POSE_SIZE);
    const samples: Float64Array[] = [];
    let first = 0;
    for (let k = 0; k < count; k++) {
      const place = (k / CONTACT_RATE_HZ) * fps;
      const measured = betweenFrames(wrenches, place);
      if (!contact) samples.push(measured);
      else {
        kinematics.forward(betweenFrames(joints, place), pose);
        const compensated = contact.addSample(measured, k / CONTACT_RATE_HZ, pose);
        if (compensated) samples.push(compensated);
        else first = k + 1;
      }
    }
    this.#samples = samples;
    this.#first = first;
    let frame = 0;
    while (this.#at(frame) < first) frame++;
    this.firstFrame = frame;
  }

  /** Samples up to a frame, oldest first; the oldest one there is stands for those before it. */
  window(frame: number): Float64Array {
    const newest = this.#at(frame) - this.#first;
    const out = new Float64Array(WRENCH_WINDOW_SAMPLES * WRENCH_SIZE);
    for (let k = 0; k < WRENCH_WINDOW_SAMPLES; k++)
      out.set(this.#samples[Math.max(0, newest - WRENCH_WINDOW_SAMPLES + 1 + k)], k * WRENCH_SIZE);
    return out;
  }

  /** Index of the newest sample at a frame. A rate of frames that divides 100 Hz meets it exactly. */
  #at(frame: number): number {
    return Math.floor((frame / this.#fps) * CONTACT_RATE_HZ + 1e-6);
  }
}
