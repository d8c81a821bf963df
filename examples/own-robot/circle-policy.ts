import {
  type ActionChunk,
  ARM_POSE,
  cos,
  EE_STATE,
  EndEffectorState,
  type Observation,
  POSE_SIZE,
  type Policy,
  type PolicySpec,
  quaternion,
  sin,
} from '@praxis/core';

const HORIZON = 8;
const ACTION_PERIOD_S = 0.05;
/** Radius of the circle (m) and time for one turn (s). */
const RADIUS_M = 0.05;
const TURN_TIME_S = 4;
const FULL_TURN_RAD = 6.283185307179586;

/** Moves the tool on a circle in the horizontal plane, which begins where the tool is at the first observation. */
export class CirclePolicy implements Policy {
  readonly spec: PolicySpec = {
    name: 'circle',
    inputs: [
      {
        ...EndEffectorState.spec,
        name: EE_STATE,
        frame: 'base_link',
        rateHz: 500,
        window: 1,
        maximumAge: 0.1,
      },
    ],
    // The arm has no gripper, so the pose of its tool is the only action.
    actions: [ARM_POSE],
    horizon: HORIZON,
    actionPeriod: ACTION_PERIOD_S,
    inferencePeriod: 0.1,
  };
  #start: { readonly tool: Float64Array; readonly time: number } | undefined;

  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    const [tool] = inputs.get('ee_state')!.samples as Float64Array[];
    this.#start ??= { tool, time: stamp };
    const { tool: first, time } = this.#start;
    const poses = new Float64Array(HORIZON * POSE_SIZE);
    for (let k = 0; k < HORIZON; k++) {
      const angle = (FULL_TURN_RAD * (stamp + (k + 1) * ACTION_PERIOD_S - time)) / TURN_TIME_S;
      const position = [first[0] + RADIUS_M * (cos(angle) - 1), first[1] + RADIUS_M * sin(angle), first[2]];
      poses.set(position, k * POSE_SIZE);
      quaternion.fromRotationVector(first.subarray(3, 6), poses, 0, k * POSE_SIZE + 3);
    }
    const blocks = { [ARM_POSE.name]: { space: ARM_POSE.space, data: poses } };
    return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, blocks, gates: {} };
  }

  reset(): void {
    this.#start = undefined;
  }

  async close(): Promise<void> {}
}
