import type { ActionChunk, Observation, ObservationInput, StreamValue } from '@praxis/core';

/** One observation of a simulated scene with what the expert does there. */
export interface Probe {
  readonly observation: Observation;
  /** The expert's chunk: `arm`, poses of the tool in the base frame, and `gripper`, widths (m). Undefined in a scene without a task. */
  readonly label: ActionChunk | undefined;
  /** Pose of the tool `[x, y, z, qx, qy, qz, qw]` in the base frame (m). */
  readonly tool: Float64Array;
  /** Distance between the fingers (m). */
  readonly width: number;
  /** Positions of the robot's joints by name (rad, m), `seconds` after the observation; the last ones known at the end of the episode. */
  jointsAfter(seconds: number): ReadonlyMap<string, number>;
  /** An instruction that names another object of the same scene; undefined where there is none. */
  readonly otherInstruction: string | undefined;
  /** True for the first observation of its episode. */
  readonly isStart: boolean;
}

/** The same observation with another sample, or none, in one input. */
export function withInput(observation: Observation, name: string, change: Partial<ObservationInput>): Observation {
  const inputs = new Map(observation.inputs);
  const input = inputs.get(name);
  if (input) inputs.set(name, { ...input, ...change });
  return { ...observation, inputs };
}

/** A copy of a sample, which its sensor cannot overwrite. */
export function copySample(value: StreamValue): StreamValue {
  if (typeof value === 'string') return value;
  if (value instanceof Float64Array) return value.slice();
  if ('data' in value) return { ...value, data: value.data.slice() };
  return { ...value, position: value.position.slice(), velocity: value.velocity.slice() };
}
