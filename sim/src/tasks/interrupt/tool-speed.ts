import { length3, vector3 } from '@praxis/core';
import type { TaskState } from '../task.ts';

/** Time over which the speed is averaged (s). */
const WINDOW_S = 0.1;

type Sample = Pick<TaskState, 'time' | 'tool'>;

/** The speed of the tool over the last tenth of a second. */
export class ToolSpeed {
  readonly #samples: Sample[] = [];

  /** Adds a state, in order of time. @returns distance over time between the ends of the window (m/s); 0 before it is full */
  update({ time, tool }: Sample): number {
    this.#samples.push({ time, tool });
    const full = time - this.#samples[0].time >= WINDOW_S - 1e-9;
    while (this.#samples.length > 2 && time - this.#samples[1].time >= WINDOW_S - 1e-9) this.#samples.shift();
    const [first] = this.#samples;
    if (!full) return 0;
    return length3(vector3.minus(tool, first.tool)) / (time - first.time);
  }
}
