import type { DistanceConfig } from '../../config/filter-config.ts';
import type { MotionState, PathBrake } from '../stop/path-brake.ts';

/** Another arm of the same robot, as its own filter moves it. */
export interface Neighbour {
  /** Joints of the arm. */
  readonly names: readonly string[];
  /** Its capsules and the distance that it keeps. */
  readonly distance: DistanceConfig;
  /** Its present output. */
  readonly state: MotionState;
  /** The stop that its filter makes after a refusal. */
  readonly brake: PathBrake;
  /** `known` once its filter was set to its measured place. */
  readonly place: 'known' | 'unknown';
}

/** The other arms that an arm keeps clear of. It puts their motion behind the arm's own, and allocates nothing after construction. */
export class Neighbours {
  readonly arms: readonly Neighbour[];
  readonly #position: Float64Array;
  readonly #velocity: Float64Array;

  /** @param joints number of the arm's own joints */
  constructor(joints: number, arms: readonly Neighbour[]) {
    this.arms = arms;
    const all = arms.reduce((sum, { names }) => sum + names.length, joints);
    this.#position = new Float64Array(all);
    this.#velocity = new Float64Array(all);
  }

  /** The first arm whose place is unknown, as its joints' names; undefined if all are known. */
  get unknown(): Neighbour | undefined {
    for (let k = 0; k < this.arms.length; k++) if (this.arms[k].place === 'unknown') return this.arms[k];
    return undefined;
  }

  /** Positions of the arm's own joints, then those of the others (rad, m). Without others it is the given array. */
  positionWith(own: Float64Array): Float64Array {
    if (this.arms.length === 0) return own;
    const position = this.#position;
    for (let i = 0; i < own.length; i++) position[i] = own[i];
    for (let k = 0, at = own.length; k < this.arms.length; at += this.arms[k++].names.length) {
      position.set(this.arms[k].state.position, at);
    }
    return position;
  }

  /** Velocities of the arm's own joints, then those of the others (rad/s, m/s). Without others it is the given array. */
  velocityWith(own: Float64Array): Float64Array {
    if (this.arms.length === 0) return own;
    const velocity = this.#velocity;
    for (let i = 0; i < own.length; i++) velocity[i] = own[i];
    for (let k = 0, at = own.length; k < this.arms.length; at += this.arms[k++].names.length) {
      velocity.set(this.arms[k].state.velocity, at);
    }
    return velocity;
  }

  /** Longest time (s) in which another arm brakes from its present velocity. */
  get brakingTime(): number {
    let time = 0;
    for (let k = 0; k < this.arms.length; k++) {
      time = Math.max(time, this.arms[k].brake.brakingTime(this.arms[k].state.velocity));
    }
    return time;
  }
}
