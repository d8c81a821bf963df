import {
  type ActionChunk,
  armBlocks,
  EE_STATE,
  EndEffectorState,
  type Observation,
  POSE_SIZE,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
} from '@praxis/core';
import { BLOCK_X_M, BLOCK_Y_M, CLEARANCE_M } from './hover-task.ts';

/** Actions in a chunk, and the time between two of them (s). */
const HORIZON = 8;
const ACTION_PERIOD_S = 0.05;
/** Speed of the tool (m/s). */
const SPEED_M_S = 0.25;
/** Orientation of a tool that points down, as a quaternion x, y, z, w. */
const DOWN = [1, 0, 0, 0];
/** Height of a block for a policy that cannot measure it (m): the mean. */
const ASSUMED_HEIGHT_M = 0.08;

/** The instruction in words. It has no rate and does not grow old. */
export const INSTRUCTION: PolicyInputSpec = {
  name: 'instruction',
  modality: 'language',
  dtype: 'string',
  shape: [],
  unit: '1',
  frame: '',
  rateHz: 0,
  window: 1,
  maximumAge: Number.POSITIVE_INFINITY,
};

/** The tool's pose: x, y, z, rotation vector, width of the gripper and its speed. */
export const TOOL: PolicyInputSpec = {
  ...EndEffectorState.spec,
  name: EE_STATE,
  frame: 'base_link',
  rateHz: 500,
  window: 1,
  maximumAge: 0.1,
};

/** What every policy of this tutorial declares, apart from its name and inputs. */
export const TIMING = { horizon: HORIZON, actionPeriod: ACTION_PERIOD_S, inferencePeriod: 0.1 };

/** Reads the named block from the instruction. Without an instruction it is the left one. */
export function namedBlock({ inputs }: Observation): readonly [x: number, y: number] {
  // An input that is missing, too old or masked has no samples.
  const [text = ''] = inputs.get('instruction')!.samples as string[];
  return [BLOCK_X_M, BLOCK_Y_M[/right/.test(text) ? 'right' : 'left']];
}

/** Reads the pose of the tool. */
export const toolOf = ({ inputs }: Observation): Float64Array => inputs.get('ee_state')!.samples[0] as Float64Array;

/** Makes a straight path to a target (m) at constant speed: one row every 50 ms. */
export function pathTo(target: readonly number[], tool: Float64Array, stamp: number): ActionChunk {
  const poses = new Float64Array(HORIZON * POSE_SIZE);
  const way = target.map((value, i) => value - tool[i]);
  const distance = Math.hypot(...way);
  for (let k = 0; k < HORIZON; k++) {
    const share = Math.min(1, ((k + 1) * ACTION_PERIOD_S * SPEED_M_S) / Math.max(distance, 1e-6));
    const position = way.map((value, i) => tool[i] + share * value);
    poses.set([...position, ...DOWN], k * POSE_SIZE);
  }
  const blocks = armBlocks(poses, new Float64Array(HORIZON).fill(tool[6]));
  return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, blocks, gates: {} };
}

/** Moves over the block that the instruction names, 5 cm above a block of mean height. */
class HoverPolicy implements Policy {
  /** The inputs are in the terms of the robot's spec. The loop refuses to start if they differ. */
  readonly spec: PolicySpec = { name: 'hover', inputs: [INSTRUCTION, TOOL], ...TIMING };

  /** Computes the next 0.4 s of motion. The loop calls it ten times a second. */
  async infer(observation: Observation): Promise<ActionChunk> {
    const target = [...namedBlock(observation), ASSUMED_HEIGHT_M + CLEARANCE_M];
    return pathTo(target, toolOf(observation), observation.stamp);
  }

  reset(): void {}
  async close(): Promise<void> {}
}

export default (): Policy => new HoverPolicy();
