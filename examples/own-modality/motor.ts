import { Random } from '@praxis/core';
import type { SceneObject, Task, TaskInstance, TaskState, Verdict, WayPoint } from '@praxis/sim';

/** A motor in the hand. Nothing shows how it runs: only its vibration says so. */
export interface Motor {
  readonly runs: 'slowly' | 'fast';
  /** Turns a second. */
  readonly hertz: number;
  /** m/s^2; tells nothing about the speed. */
  readonly amplitude: number;
  /** rad at time 0. */
  readonly phase: number;
}

/** The motor of one episode. */
export function drawMotor(seed: number): Motor {
  const random = new Random(seed, 'motor');
  const runs = random.chance(0.5) ? 'slowly' : 'fast';
  const hertz = runs === 'slowly' ? random.uniform(9, 15) : random.uniform(22, 32);
  return { runs, hertz, amplitude: random.uniform(0.8, 2.5), phase: random.uniform(0, 6.283185307179586) };
}

/** A slow motor belongs over the left plate, a fast one over the right one (m; y to the left). */
const PLACE = { slowly: 0.15, fast: -0.15 } as const;
/** m, s: so near for so long counts. */
const NEAR = 0.035;
const STAY = 1;
const TEXT = 'bring the motor to its side';

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
  readonly instruction = TEXT;
  readonly timeLimit = 8;
  readonly named = [];
  readonly objects = [plate('left plate', PLACE.slowly), plate('right plate', PLACE.fast)];
  readonly #y: number;
  #side: number | undefined;
  #since = 0;

  constructor({ runs }: Motor) {
    this.goal = { key: `motor ${runs}` };
    this.#y = PLACE[runs];
  }

  judge({ tool: [, y], time }: TaskState): Verdict {
    const side = Object.values(PLACE).find((place) => Math.abs(y - place) < NEAR);
    if (side !== this.#side) this.#since = time;
    this.#side = side;
    if (side === undefined || time - this.#since < STAY) return 'running';
    return side === this.#y ? 'success' : 'failure';
  }

  followed(): boolean | undefined {
    return this.#side === undefined ? undefined : this.#side === this.#y;
  }

  plan() {
    const place = [0.45, this.#y, 0.18] as const;
    const wayPoints: WayPoint[] = [{ position: place, width: 0.02, speed: 0.3, tolerance: 0.01, dwell: 0 }];
    return { wayPoints, annotation: { place, object: undefined, grasped: false, heldMass: 0, phase: 0 } };
  }
}

/** Bring the motor over the plate that its speed asks for, and stay for a second. */
export const motorTask: Task = {
  name: 'motor',
  draw: ({ seed }) => new SortMotor(drawMotor(seed)),
  goals: () => [
    { key: 'motor slowly', texts: [TEXT] },
    { key: 'motor fast', texts: [TEXT] },
  ],
};
