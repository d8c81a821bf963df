import type { ActionChunk, Observation, Policy, PolicySpec } from '@praxis/core';
import type { Annotation, TaskInstance, TaskState } from '../tasks/task.ts';
import { rollOut } from './roll-out.ts';

/** Actions in one chunk. */
export const HORIZON = 16;
/** Time between two actions of a chunk (s). */
export const ACTION_PERIOD_S = 0.05;
/** Time between two inferences (s). */
export const INFERENCE_PERIOD_S = 0.1;
/** The expert reads no sensor, so every gate is closed. */
const NO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };

/** The scripted expert as a {@link Policy}. It reads the simulator's true state, which a learned policy cannot. */
export class ExpertPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #instance: TaskInstance;
  readonly #state: () => TaskState;
  /** Annotation of the last inference; undefined before the first. */
  annotation: Annotation | undefined;

  /** @param inputs inputs that the expert declares but does not read, so that a recorder finds them in the observation */
  constructor(instance: TaskInstance, state: () => TaskState, inputs: PolicySpec['inputs'] = []) {
    this.#instance = instance;
    this.#state = state;
    this.spec = {
      name: 'expert',
      inputs,
      horizon: HORIZON,
      actionPeriod: ACTION_PERIOD_S,
      inferencePeriod: INFERENCE_PERIOD_S,
    };
  }

  async infer({ stamp }: Observation): Promise<ActionChunk> {
    return this.label(stamp);
  }

  /** Returns the chunk that the expert commands in the present state. @param stamp observation's time (s) */
  label(stamp: number): ActionChunk {
    const state = this.#state();
    const { waypoints, annotation } = this.#instance.plan(state);
    this.annotation = annotation;
    const actions = rollOut(state, waypoints, HORIZON, ACTION_PERIOD_S);
    return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, actions, gates: NO_GATES };
  }

  reset(): void {}
  async close(): Promise<void> {}
}
