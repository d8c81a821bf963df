import { type ActionChunk, armBlocks } from '../actions/specs.ts';
import type { Observation, Policy, PolicyInputSpec } from '../ports/policy.ts';

const common = { maximumAge: 0.1, window: 1 };

/** Input specs that match the memory robot and the derived streams. */
export const INPUTS: Readonly<Record<'image' | 'contact' | 'instruction' | 'state', PolicyInputSpec>> = {
  image: {
    ...common,
    name: 'images.front',
    modality: 'vision',
    dtype: 'uint8',
    shape: [4, 6, 3],
    unit: 'rgb8',
    frame: 'camera_front_optical_frame',
    rateHz: 20,
  },
  contact: {
    ...common,
    name: 'wrench.contact',
    modality: 'wrench',
    dtype: 'float64',
    shape: [6],
    unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
    frame: 'ft_sensor_link',
    rateHz: 100,
    window: 8,
  },
  instruction: {
    ...common,
    name: 'instruction',
    modality: 'language',
    dtype: 'string',
    shape: [],
    unit: '1',
    frame: '',
    rateHz: 0,
    maximumAge: Number.POSITIVE_INFINITY,
  },
  state: {
    ...common,
    name: 'ee_state',
    modality: 'joints',
    dtype: 'float64',
    shape: [8],
    unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'],
    frame: 'base_link',
    rateHz: 500,
  },
};

const HORIZON = 4;
const ACTION_PERIOD_S = 0.05;

/** A chunk with the same target in every row. @param target pose of the tool and width of the gripper, 8 numbers */
export function constantChunk(stamp: number, target: ArrayLike<number>): ActionChunk {
  const poses = Float64Array.from({ length: HORIZON * 7 }, (_, i) => target[i % 7]);
  return {
    stamp,
    period: ACTION_PERIOD_S,
    horizon: HORIZON,
    blocks: armBlocks(poses, new Float64Array(HORIZON).fill(target[7])),
    gates: { vision: 0, wrench: 0, language: 0, joints: 0 },
  };
}

/** A policy that calls a function and records its observations. */
export class FunctionPolicy implements Policy {
  readonly spec;
  readonly observations: Observation[] = [];
  readonly #computeChunk: (observation: Observation) => ActionChunk | Promise<ActionChunk>;

  constructor(
    act: (observation: Observation) => ActionChunk | Promise<ActionChunk>,
    inputs: readonly PolicyInputSpec[] = Object.values(INPUTS),
  ) {
    this.#computeChunk = act;
    this.spec = { name: 'function', inputs, horizon: HORIZON, actionPeriod: ACTION_PERIOD_S, inferencePeriod: 0.1 };
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    this.observations.push(observation);
    return this.#computeChunk(observation);
  }

  reset(): void {}

  async close(): Promise<void> {}
}
