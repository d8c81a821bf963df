import type { ActionChunk, Observation, Policy, PolicySpec } from '@praxis/core';
import type { Annotation, TaskInstance, TaskState } from '../tasks/task.ts';
import { rollOut } from './roll-out.ts';

export const HORIZON = 16;
export const ACTION_PERIOD_S = 0.05;
export const INFERENCE_PERIOD_S = 0.1;
/** It looks at no sensor. */
const NO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };

/** The scripted expert as a {@link Policy}: it reads the simulator's state, which no learned policy may. */
export class ExpertPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #instance: TaskInstance;
  readonly #state: () => TaskState;
  /** What the expert knew at the last inference. */
  annotation: Annotation | undefined;

  /** @param inputs that it asks for without looking, so that whoever records a demonstration gets them in the observation. */
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

  /** What the expert would do now. */
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
