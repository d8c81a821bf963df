import {
  type ActionChunk,
  cos,
  DEFAULT_ACTIONS,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  quaternion,
  sin,
} from '@praxis/core';
import { REFERENCE_STREAM } from '../actions/action-space.ts';
import { blocksOf, rowSize } from './action-rows.ts';

/** Radius of the circle (m) and time of one turn (s): 16 mm/s, which an arm can follow anywhere. */
const RADIUS_M = 0.02;
const TURN_S = 8;
/** Numbers of a row: pose of the tool and width of the gripper. */
const ROW_SIZE = rowSize(DEFAULT_ACTIONS);
const HORIZON = 16;
const PERIOD_S = 0.05;

/**
 * A policy without a model, to debug an integration: the tool draws a circle of 2 cm radius in the y-z plane of the base frame, beginning
 * at the pose of the first observation, with orientation and gripper as they are. Each inference goes on by its period.
 */
export class ScriptedPolicy implements Policy {
  readonly spec: PolicySpec = {
    name: 'scripted',
    inputs: [
      {
        name: REFERENCE_STREAM,
        modality: 'joints',
        dtype: 'float64',
        shape: [8],
        unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'],
        frame: 'base_link',
        rateHz: 10,
        window: 1,
        maximumAge: 0.5,
      },
    ],
    horizon: HORIZON,
    actionPeriod: PERIOD_S,
    inferencePeriod: 0.1,
  };
  #start: Float64Array | undefined;
  #steps = 0;

  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    const state = inputs.get(REFERENCE_STREAM)?.samples.at(-1);
    if (!(state instanceof Float64Array)) throw new PolicyError(`policy scripted: no ${REFERENCE_STREAM}`);
    this.#start ??= state.slice();
    const start = this.#start;
    const since = this.#steps++ * this.spec.inferencePeriod;
    const actions = new Float64Array(HORIZON * ROW_SIZE);
    for (let row = 0; row < HORIZON; row++) {
      const angle = (2 * Math.PI * (since + (row + 1) * PERIOD_S)) / TURN_S;
      const at = row * ROW_SIZE;
      actions.set(start.subarray(0, 3), at);
      actions[at + 1] += RADIUS_M * sin(angle);
      actions[at + 2] += RADIUS_M * (1 - cos(angle));
      quaternion.fromRotationVector(start, actions, 3, at + 3);
      actions[at + 7] = start[6];
    }
    return { stamp, period: PERIOD_S, horizon: HORIZON, blocks: blocksOf(actions), gates: {} };
  }

  reset(): void {
    this.#start = undefined;
    this.#steps = 0;
  }

  async close(): Promise<void> {}
}
