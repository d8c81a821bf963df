import {
  type ActionChunk,
  armBlocks,
  EndEffectorState,
  type ImageFrame,
  type Observation,
  type Policy,
  type PolicySpec,
  quaternion,
} from '@praxis/core';
import { ROBOT_SPEC } from '@praxis/sim';

const HORIZON = 10;
const streamNamed = (name: string) => ROBOT_SPEC.streams.find((stream) => stream.name === name)!;
const { rateHz } = streamNamed('joints');

const spec: PolicySpec = {
  name: 'streams',
  inputs: [
    { ...EndEffectorState.spec, name: 'ee_state', frame: 'base_link', rateHz, maximumAge: 0.1, window: 1 },
    { ...streamNamed('wrench'), maximumAge: 0.1, window: 20 },
    { ...streamNamed('images.wrist'), maximumAge: 1, window: 1 },
  ],
  horizon: HORIZON,
  actionPeriod: 0.05,
  inferencePeriod: 0.1,
  committedRows: 4,
};

/** A policy for tests: every bit of tool pose, wrench, picture and committed actions changes the action by a little. */
export class StreamsPolicy implements Policy {
  readonly spec = spec;
  readonly #gain: number;

  constructor(gain: number) {
    this.#gain = gain;
  }

  async infer({ stamp, inputs, committed }: Observation): Promise<ActionChunk> {
    const [state] = inputs.get('ee_state')!.samples as Float64Array[];
    const wrenches = inputs.get('wrench')!.samples as Float64Array[];
    const [image] = inputs.get('images.wrist')!.samples as ImageFrame[];
    const force = wrenches.reduce((sum, wrench) => sum + wrench[2], 0) / Math.max(wrenches.length, 1);
    const light = image ? image.data.reduce((sum, level) => sum + level, 0) / image.data.length : 0;
    const ahead = committed ? committed.count + committed.blocks.arm.data[7 * committed.rows - 5] : 0;
    const poses = new Float64Array(7 * HORIZON);
    for (let k = 0; k < HORIZON; k++) {
      poses.set(state.subarray(0, 3), 7 * k);
      poses[7 * k + 2] += this.#gain * (k + 1) * (1 + force / 1000 + light / 1e5 + ahead / 1000);
      quaternion.fromRotationVector(state.subarray(3, 6), poses, 0, 7 * k + 3);
    }
    return {
      ...{ stamp, period: spec.actionPeriod, horizon: HORIZON, gates: { vision: 0.5, wrench: 0.25, joints: 0.25 } },
      blocks: armBlocks(poses, new Float64Array(HORIZON).fill(state[6])),
    };
  }

  reset(): void {}
  async close(): Promise<void> {}
}

export default (): Policy => new StreamsPolicy(0.0005);
