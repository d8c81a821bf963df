import type { ActionChunk, Observation, Policy, PolicySpec } from '@praxis/core';
import { INSTRUCTION, namedBlock, pathTo, TIMING, TOOL, toolOf } from './hover-policy.ts';
import { CLEARANCE_M } from './hover-task.ts';
import { range } from './range-sensor.ts';

/** Height at which the tool moves to the block (m): above every block. */
const TRAVEL_HEIGHT_M = 0.25;
/** The tool is over the block when it is this close to its middle (m). */
const OVER_BLOCK_M = 0.02;

/** Moves over the named block, measures the distance to it and goes down to 5 cm. */
class RangePolicy implements Policy {
  readonly spec: PolicySpec = {
    name: 'hover by range',
    inputs: [INSTRUCTION, TOOL, { ...range.spec, window: 1, maximumAge: 0.1 }],
    ...TIMING,
  };

  async infer(observation: Observation): Promise<ActionChunk> {
    const tool = toolOf(observation);
    const [x, y] = namedBlock(observation);
    const [distance] = observation.inputs.get('range')!.samples as Float64Array[];
    const over = Math.hypot(x - tool[0], y - tool[1]) < OVER_BLOCK_M;
    const height = over && distance ? tool[2] - distance[0] + CLEARANCE_M : TRAVEL_HEIGHT_M;
    return pathTo([x, y, height], tool, observation.stamp);
  }

  reset(): void {}
  async close(): Promise<void> {}
}

export default (): Policy => new RangePolicy();
