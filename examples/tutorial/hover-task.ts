import { Random } from '@praxis/core';
import type { SceneObject, Task, TaskInstance, TaskState, Verdict } from '@praxis/sim';

/** Height of the tool above the block at the end of the task (m). */
export const CLEARANCE_M = 0.05;
/** Largest error of that height, and distance from the middle of the block (m). */
const TOLERANCE_M = 0.01;
const RADIUS_M = 0.03;
/** The tool stays in place for this time (s). */
const STAY_TIME_S = 0.5;

type Side = 'left' | 'right';
/** Position of each block in y (m): +y is left. */
export const BLOCK_Y_M: Readonly<Record<Side, number>> = { left: 0.13, right: -0.13 };
/** Position of both blocks in x (m). */
export const BLOCK_X_M = 0.5;

/** Wordings for training, validation and reports. No two sets share one. */
const WORDINGS = {
  train: (side: Side) => [`hover over the ${side} block`, `wait above the ${side} block`],
  validation: (side: Side) => [`move above the ${side} block`],
  report: (side: Side) => [`go above the ${side} block`, `float over the ${side} block`],
} as const;

/** A block that stands on the table and cannot be moved. Mass 0 fixes it. */
const block = (side: Side, height: number): SceneObject => ({
  name: `${side} block`,
  geometry: { type: 'box', size: [0.08, 0.08, height] },
  pose: [BLOCK_X_M, BLOCK_Y_M[side], height / 2, 0, 0, 0, 1],
  rgba: [0.2, 0.4, 0.7, 1],
  mass: 0,
  friction: 1,
});

class HoverInstance implements TaskInstance {
  readonly task = 'hover';
  readonly timeLimit = 8;
  readonly named = [];
  readonly objects: readonly SceneObject[];
  readonly goal: { readonly key: string };
  readonly instruction: string;
  readonly #goalSide: Side;
  readonly #heights: Readonly<Record<Side, number>>;
  #side: Side | undefined;
  #arrivedAt = 0;

  constructor(seed: number, wordings: keyof typeof WORDINGS, swap: boolean) {
    const random = new Random(seed, 'hover');
    this.#heights = { left: random.uniform(0.02, 0.14), right: random.uniform(0.02, 0.14) };
    this.#goalSide = random.chance(0.5) !== swap ? 'left' : 'right';
    this.objects = [block('left', this.#heights.left), block('right', this.#heights.right)];
    this.goal = { key: `hover ${this.#goalSide}` };
    this.instruction = random.pick(WORDINGS[wordings](this.#goalSide));
  }

  /** Returns the block that the tool hovers over. */
  #hoveredSide([x, y, z]: TaskState['tool']): Side | undefined {
    return (['left', 'right'] as const).find((side) => {
      const above = z - this.#heights[side] - CLEARANCE_M;
      return Math.hypot(x - BLOCK_X_M, y - BLOCK_Y_M[side]) < RADIUS_M && Math.abs(above) < TOLERANCE_M;
    });
  }

  /** Judges the state, every 20 ms: the first block that the tool hovers over for half a second decides. */
  judge({ tool, time }: TaskState): Verdict {
    const side = this.#hoveredSide(tool);
    if (side !== this.#side) this.#arrivedAt = time;
    this.#side = side;
    if (side === undefined || time - this.#arrivedAt < STAY_TIME_S) return 'running';
    return side === this.#goalSide ? 'success' : 'failure';
  }

  /** Tells whether the arm chose the block that the instruction names; undefined if it chose none. */
  followedInstruction(): boolean | undefined {
    return this.#side === undefined ? undefined : this.#side === this.#goalSide;
  }

  /** The expert knows the heights, which no camera of the policy measures. */
  plan(): ReturnType<TaskInstance['plan']> {
    const place = [BLOCK_X_M, BLOCK_Y_M[this.#goalSide], this.#heights[this.#goalSide] + CLEARANCE_M] as const;
    const waypoint = { position: place, width: 0.02, speed: 0.3, tolerance: 0.005, dwell: 0 };
    const object = `${this.#goalSide} block`;
    return { waypoints: [waypoint], annotation: { place, object, grasped: false, heldMass: 0, phase: 'reach' } };
  }
}

/** Task: hold the tool 5 cm above the named block of two. The blocks' heights differ in every episode. */
export const hover: Task = {
  name: 'hover',
  draw: ({ seed, wordings, swap }) => new HoverInstance(seed, wordings, swap),
  goals: (wordings) =>
    (['left', 'right'] as const).map((side) => ({ key: `hover ${side}`, texts: WORDINGS[wordings](side) })),
};
