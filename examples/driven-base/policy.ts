import {
  type ActionChunk,
  atan2,
  cos,
  type Observation,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
  sin,
} from '@praxis/core';

/** Actions in a chunk, and the time between two of them (s). */
const HORIZON = 8;
const ACTION_PERIOD_S = 0.05;
/** Speeds ahead (m/s) and of turning (rad/s). */
const SPEED_M_S = 0.4;
const TURNING_RAD_S = 1;
/** Speed for each metre to the corner (1/s) and turning for each rad of wrong heading (1/s): the base slows down as it comes near. */
const APPROACH_1_S = 1.5;
const ALIGN_1_S = 2;
/** A corner is reached at this distance (m). */
const ARRIVAL_M = 0.03;
/** The base turns on the spot until its heading is this good (rad). */
const HEADING_RAD = 0.1;

/** Corners of the square in the frame `odom` (m): the base starts at the last one. */
export const CORNERS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
] as const;

/** Where the base is by its wheels, as in `nav_msgs/Odometry`. */
const ODOMETRY: PolicyInputSpec = {
  name: 'odometry',
  modality: 'odometry',
  dtype: 'float64',
  shape: [6],
  unit: ['m', 'm', '1', '1', 'm/s', 'rad/s'],
  names: ['x', 'y', 'qz', 'qw', 'vx', 'wz'],
  frame: 'odom',
  rateHz: 500,
  window: 1,
  maximumAge: 0.1,
};

const limit = (value: number, most: number): number => Math.min(Math.max(value, -most), most);

/** Drives round a square of 1 m by odometry, and stands when it is back. */
class SquarePolicy implements Policy {
  readonly spec: PolicySpec = {
    name: 'square',
    inputs: [ODOMETRY],
    actions: [
      { name: 'base', group: 'base', space: 'base_twist', names: ['vx', 'wz'], unit: ['m/s', 'rad/s'], frame: '' },
    ],
    horizon: HORIZON,
    actionPeriod: ACTION_PERIOD_S,
    inferencePeriod: 0.1,
  };
  #next = 0;

  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    const [odometry] = inputs.get('odometry')!.samples as Float64Array[];
    const twist = odometry ? this.#twistAt(odometry) : [0, 0];
    const data = Float64Array.from({ length: 2 * HORIZON }, (_, i) => twist[i % 2]);
    const blocks = { base: { space: 'base_twist', data } } as const;
    return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, blocks, gates: {} };
  }

  /** The velocity ahead (m/s) and of turning (rad/s) towards the next corner. */
  #twistAt([x, y, qz, qw]: Float64Array): readonly [number, number] {
    const corner = CORNERS.at(this.#next);
    if (!corner) return [0, 0];
    const [dx, dy] = [corner[0] - x, corner[1] - y];
    const heading = 2 * atan2(qz, qw);
    const ahead = dx * cos(heading) + dy * sin(heading);
    const aside = dy * cos(heading) - dx * sin(heading);
    if (ahead * ahead + aside * aside < ARRIVAL_M * ARRIVAL_M) {
      this.#next++;
      return [0, 0];
    }
    const error = atan2(aside, ahead);
    const turning = limit(ALIGN_1_S * error, TURNING_RAD_S);
    return Math.abs(error) > HEADING_RAD ? [0, turning] : [limit(APPROACH_1_S * ahead, SPEED_M_S), turning];
  }

  reset(): void {
    this.#next = 0;
  }

  async close(): Promise<void> {}
}

export default (): Policy => new SquarePolicy();
