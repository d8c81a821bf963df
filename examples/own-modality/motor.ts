import { Random } from '@praxis/core';
import type { SceneObject, Task, TaskInstance, TaskState, Verdict, Waypoint } from '@praxis/sim';

/** A motor in the hand. Only its vibration reveals its speed. */
export interface Motor {
  readonly runs: 'slowly' | 'fast';
  /** Turns per second. */
  readonly frequencyHz: number;
  /** Acceleration of the hand (m/s^2); independent of the speed. */
  readonly amplitude: number;
  /** Angle at time 0 (rad). */
  readonly phaseAngle: number;
}

/** Draws the motor of one episode. */
export function drawMotor(seed: number): Motor {
  const random = new Random(seed, 'motor');
  const runs = random.chance(0.5) ? 'slowly' : 'fast';
  const frequencyHz = runs === 'slowly' ? random.uniform(9, 15) : random.uniform(22, 32);
  return { runs, frequencyHz, amplitude: random.uniform(0.8, 2.5), phaseAngle: random.uniform(0, 6.283185307179586) };
}

/** Place of each motor: a slow one belongs over the left plate, a fast one over the right plate (m; +y is left). */
const PLATE_Y_M = { slowly: 0.15, fast: -0.15 } as const;
/** The hand is over a plate if it is this close in y (m). */
const TOLERANCE_M = 0.035;
/** The episode ends after this much time over one plate (s). */
const STAY_TIME_S = 1;
const INSTRUCTION = 'bring the motor to its side';

const plate = (name: string, y: number): SceneObject => ({
  name,
  geometry: { type: 'box', size: [0.12, 0.12, 0.01] },
  pose: [0.45, y, 0.005, 0, 0, 0, 1],
  rgba: [0.5, 0.5, 0.55, 1],
  mass: 0,
  friction: 1,
});

class SortMotor implements TaskInstance {
  readonly task = 'motor';
  readonly goal: { readonly key: string };
  readonly instruction = INSTRUCTION;
  readonly timeLimit = 8;
  readonly named = [];
  readonly objects = [plate('left plate', PLATE_Y_M.slowly), plate('right plate', PLATE_Y_M.fast)];
  readonly #y: number;
  #side: number | undefined;
  #arrivedAt = 0;

  constructor({ runs }: Motor) {
    this.goal = { key: `motor ${runs}` };
    this.#y = PLATE_Y_M[runs];
  }

  judge({ tool: [, y], time }: TaskState): Verdict {
    const side = Object.values(PLATE_Y_M).find((place) => Math.abs(y - place) < TOLERANCE_M);
    if (side !== this.#side) this.#arrivedAt = time;
    this.#side = side;
    if (side === undefined || time - this.#arrivedAt < STAY_TIME_S) return 'running';
    return side === this.#y ? 'success' : 'failure';
  }

  followedInstruction(): boolean | undefined {
    return this.#side === undefined ? undefined : this.#side === this.#y;
  }

  plan(): ReturnType<TaskInstance['plan']> {
    const place = [0.45, this.#y, 0.18] as const;
    const waypoints: Waypoint[] = [{ position: place, width: 0.02, speed: 0.3, tolerance: 0.01, dwell: 0 }];
    return { waypoints, annotation: { place, object: undefined, grasped: false, heldMass: 0, phase: 'reach' } };
  }
}

/** Task: bring the motor over the plate of its speed and stay there for a second. */
export const motorTask: Task = {
  name: 'motor',
  draw: ({ seed }) => new SortMotor(drawMotor(seed)),
  goals: () => [
    { key: 'motor slowly', texts: [INSTRUCTION] },
    { key: 'motor fast', texts: [INSTRUCTION] },
  ],
};
