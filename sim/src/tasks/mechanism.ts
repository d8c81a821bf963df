/** The sliding parts of a scene, as a {@link Mechanism} sees and moves them. */
export interface PartJoints {
  /** Simulated time (s). */
  readonly time: number;
  /** Position of a part along its slide (m). */
  position(part: string): number;
  /** Speed of a part along its slide (m/s). */
  speed(part: string): number;
  /** Pushes a part along its slide from now on (N), in place of the force given before. */
  push(part: string, force: number): void;
}

/**
 * What is behind the moving parts of a scene and no joint of the physics describes: the snap of a button, a latch. Its forces
 * depend on the parts alone, so an episode stays a function of its seed.
 */
export interface Mechanism {
  /** Moves the parts. The simulator calls it before each physics step (2 ms), from the first one on. */
  advance(joints: PartJoints): void;
}

/** Mechanisms of several parts as one. */
export class Mechanisms<M extends Mechanism> implements Mechanism {
  readonly all: readonly M[];

  constructor(all: readonly M[]) {
    this.all = all;
  }

  advance(joints: PartJoints): void {
    for (const each of this.all) each.advance(joints);
  }
}
