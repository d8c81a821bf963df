import {
  ACTION_SPACES,
  type ActionChunk,
  type ActionSpec,
  cos,
  EndEffectorState,
  type Observation,
  POSE_SIZE,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
  quaternion,
  sin,
} from '@praxis/core';

/** Actions in a chunk, and the time between two of them (s). */
const HORIZON = 16;
const ACTION_PERIOD_S = 0.05;
/** Time for one turn of the left tool and one swing of the right arm (s). */
const TURN_TIME_S = 4;
const FULL_TURN_RAD = 6.283185307179586;
/** Radius of the left tool's circle (m). */
export const RADIUS_M = 0.05;
/** How far the right arm swings to each side about its waist (rad). */
export const SWING_RAD = 0.3;
/** Where the gripper of the left arm stays (m), and how far that of the right one is open (0..1). */
export const LEFT_WIDTH_M = 0.03;
export const RIGHT_OPENING = 0.5;

/** Joints of the right arm and where they are at home (rad). */
const RIGHT_HOME = {
  right_waist: 0,
  right_shoulder_lift: -0.3,
  right_elbow: 0.6,
  right_forearm_roll: 0,
  right_wrist_angle: 1.2708,
  right_wrist_rotate: 0,
};

/** Pose of the left tool in the frame of the left arm's base. */
const LEFT_TOOL: PolicyInputSpec = {
  ...EndEffectorState.spec,
  name: 'ee_state.left',
  frame: 'left_base',
  rateHz: 500,
  window: 1,
  maximumAge: 0.1,
};

const gripper = { space: 'gripper', frame: '' } as const;

/** One block for each arm and each gripper. Each arm may be moved in a space of its own. */
const ACTIONS: readonly ActionSpec[] = [
  {
    ...{ name: 'left.arm', group: 'left', space: 'ee_pose', frame: 'left_base' },
    ...{ names: ACTION_SPACES.ee_pose.names!, unit: ACTION_SPACES.ee_pose.unit! },
  },
  { name: 'left.gripper', group: 'left', ...gripper, names: ['width'], unit: 'm' },
  {
    ...{ name: 'right.arm', group: 'right', space: 'joint_position', frame: '' },
    ...{ names: Object.keys(RIGHT_HOME), unit: 'rad' },
  },
  { name: 'right.gripper', group: 'right', ...gripper, names: ['opening'], unit: '1' },
];

/** Moves the left tool on a circle over the table, and swings the right arm about its waist. */
class TwoArmsPolicy implements Policy {
  readonly spec: PolicySpec = {
    name: 'two arms',
    inputs: [LEFT_TOOL],
    actions: ACTIONS,
    horizon: HORIZON,
    actionPeriod: ACTION_PERIOD_S,
    inferencePeriod: 0.1,
  };
  /** The left tool and the time at the first observation. */
  #start: { readonly tool: Float64Array; readonly time: number } | undefined;

  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    const [tool] = inputs.get('ee_state.left')!.samples as Float64Array[];
    this.#start ??= { tool, time: stamp };
    const { tool: first, time } = this.#start;
    const poses = new Float64Array(HORIZON * POSE_SIZE);
    const joints: number[] = [];
    for (let k = 0; k < HORIZON; k++) {
      const angle = (FULL_TURN_RAD * (stamp + (k + 1) * ACTION_PERIOD_S - time)) / TURN_TIME_S;
      poses.set([first[0] + RADIUS_M * sin(angle), first[1] + RADIUS_M * (1 - cos(angle)), first[2]], k * POSE_SIZE);
      quaternion.fromRotationVector(first.subarray(3, 6), poses, 0, k * POSE_SIZE + 3);
      joints.push(...Object.values({ ...RIGHT_HOME, right_waist: SWING_RAD * sin(angle) }));
    }
    const blocks = {
      'left.arm': { space: 'ee_pose', data: poses },
      'left.gripper': { space: 'gripper', data: new Float64Array(HORIZON).fill(LEFT_WIDTH_M) },
      'right.arm': { space: 'joint_position', data: Float64Array.from(joints) },
      'right.gripper': { space: 'gripper', data: new Float64Array(HORIZON).fill(RIGHT_OPENING) },
    } as const;
    return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, blocks, gates: {} };
  }

  reset(): void {
    this.#start = undefined;
  }

  async close(): Promise<void> {}
}

export default (): Policy => new TwoArmsPolicy();
