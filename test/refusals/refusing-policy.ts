import { type ActionChunk, armBlocks, EndEffectorState, type Observation, type Policy, quaternion } from '@praxis/core';
import { ROBOT_SPEC } from '@praxis/sim';

const HORIZON = 8;
/** Distance to the last row of a chunk (m). */
const RISE_M = 0.04;
const streamNamed = (name: string) => ROBOT_SPEC.streams.find((stream) => stream.name === name)!;

/** A policy for tests: it raises the tool for an instruction that names a colour, refuses any other one, and stands without one. */
export default (): Policy => ({
  spec: {
    name: 'refusing',
    inputs: [
      { ...EndEffectorState.spec, name: 'ee_state', frame: 'base_link', rateHz: 500, maximumAge: 0.1, window: 1 },
      { ...streamNamed('instruction'), maximumAge: Number.POSITIVE_INFINITY, window: 1 },
    ],
    ...{ horizon: HORIZON, actionPeriod: 0.05, inferencePeriod: 0.1 },
  },
  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    const [state] = inputs.get('ee_state')!.samples as Float64Array[];
    const [text] = inputs.get('instruction')!.samples as string[];
    const chunk = { stamp, period: 0.05, horizon: HORIZON, gates: {} };
    const isKnown = text === undefined || /\b(red|green|blue|yellow|purple|orange)\b/.test(text);
    if (!isKnown) return { ...chunk, blocks: {}, refused: `nothing in view is what "${text}" names` };
    const poses = new Float64Array(7 * HORIZON);
    for (let k = 0; k < HORIZON; k++) {
      poses.set(state.subarray(0, 3), 7 * k);
      poses[7 * k + 2] += text === undefined ? 0 : (RISE_M * (k + 1)) / HORIZON;
      quaternion.fromRotationVector(state.subarray(3, 6), poses, 0, 7 * k + 3);
    }
    return { ...chunk, blocks: armBlocks(poses, new Float64Array(HORIZON).fill(state[6])) };
  },
  reset() {},
  async close() {},
});
