/**
 * Step 1 of a modality of your own: records demonstrations. The expert reads the motor's state and labels the samples of the
 * sensors.
 *
 *   npx praxis run examples/own-modality/record.ts runs/vibration        writes demos.json and demos.f32
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ActionChunk,
  type Observation,
  POSE_SIZE,
  type Policy,
  type PolicyInputSpec,
  quaternion,
  trainedRobotOf,
} from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { armModel, type ExpertPolicy, ROBOT_SPEC, runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { drawMotor, motorTask } from './motor.ts';
import { VIBRATION, vibration } from './sensor.ts';

const [folder = 'runs/vibration', count = '120'] = process.argv.slice(2);
/** The policy sees 0.4 s of vibration. */
const WINDOW_SAMPLES = 40;
const INPUTS: readonly PolicyInputSpec[] = [
  { ...VIBRATION, window: WINDOW_SAMPLES, maximumAge: 0.1 },
  {
    name: 'ee_state',
    modality: 'joints',
    dtype: 'float64',
    shape: [8],
    unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'],
    frame: 'base_link',
    rateHz: 500,
    window: 1,
    maximumAge: 0.1,
  },
];

/**
 * Converts targets to the form that the policy learns.
 * @param state tool position (m) and rotation vector (rad), then the gripper
 * @param blocks poses of the tool in the base frame, and widths of the gripper
 * @returns 7 numbers for each action: position (m) and rotation vector (rad) relative to the tool's pose, absolute width (m)
 */
function relativeTo(state: Float64Array, { arm, gripper }: ActionChunk['blocks']): number[] {
  const back = new Float64Array(4);
  quaternion.fromRotationVector(
    state.subarray(3, 6).map((r) => -r),
    back,
  );
  const turn = new Float64Array(4);
  const vector = new Float64Array(3);
  const rows: number[] = [];
  for (const [k, width] of gripper.data.entries()) {
    const from = k * POSE_SIZE;
    quaternion.multiply(arm.data, back, turn, from + 3);
    quaternion.toRotationVector(turn, vector);
    for (let i = 0; i < 3; i++) rows.push(arm.data[from + i] - state[i]);
    rows.push(...vector, width);
  }
  return rows;
}

/** Concatenates one record: window, state, label, and 1 for a fast motor, else 0. */
function record({ inputs }: Observation, blocks: ActionChunk['blocks'], fast: boolean): number[] {
  const samples = inputs.get('vibration')!.samples as Float64Array[];
  const window = Array.from(
    { length: WINDOW_SAMPLES },
    (_, i) => samples[Math.max(0, i + samples.length - WINDOW_SAMPLES)],
  );
  const [state] = inputs.get('ee_state')!.samples as Float64Array[];
  return [...window.flatMap((sample) => [...sample]), ...state, ...relativeTo(state, blocks), fast ? 1 : 0];
}

const records: number[][] = [];
for (let seed = 0; seed < Number(count); seed++) {
  const motor = drawMotor(seed);
  // Every other episode begins with a second of motion to the wrong side, so that the records contain corrections.
  const wrongUntil = seed % 2 === 0 ? 0 : 1;
  const labelled = (expert: ExpertPolicy): Policy => ({
    spec: expert.spec,
    async infer(observation) {
      const label = expert.label(observation.stamp);
      records.push(record(observation, label.blocks, motor.runs === 'fast'));
      if (observation.stamp >= wrongUntil) return label;
      const { arm } = label.blocks;
      const mirrored = arm.data.map((value, i) => (i % POSE_SIZE === 1 ? -value : value));
      return { ...label, blocks: { ...label.blocks, arm: { ...arm, data: mirrored } } };
    },
    reset() {},
    async close() {},
  });
  const { success } = await runEpisode({
    task: motorTask,
    seed,
    urdf: armUrdf(),
    policy: labelled,
    inputs: INPUTS,
    scheduler: new RecedingHorizon(),
    modalities: [vibration],
  });
  if (!success) console.error(`seed ${seed}: the expert failed`);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'demos.f32'), Float32Array.from(records.flat()));
// The manifest of the policy names the robot: the policy then drives no other one.
const robot = trainedRobotOf(ROBOT_SPEC, armModel(armUrdf()).kinematics);
const size = { records: records.length, floats: records[0].length, episodes: Number(count) };
const description = { ...size, inputs: INPUTS, robot };
writeFileSync(join(folder, 'demos.json'), JSON.stringify(description, undefined, 2));
console.log(`${records.length} records of ${count} episodes in ${folder}`);
