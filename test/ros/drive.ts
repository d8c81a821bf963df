import type { ActionChunk, Observation, Policy, PolicyInputSpec } from '@praxis/core';

/** Actions in a chunk, and the time between two of them (s). */
const HORIZON = 8;
const ACTION_PERIOD_S = 0.05;
/** Largest speed (m/s), and speed for each metre that is left (1/s). */
const SPEED_M_S = 0.4;
const APPROACH_1_S = 1.5;

const ODOMETRY: PolicyInputSpec = {
  ...{ name: 'odometry', modality: 'odometry', dtype: 'float64', shape: [1], unit: ['m'], names: ['x'] },
  ...{ frame: 'odom', rateHz: 500, window: 1, maximumAge: 0.1 },
};

/** Drives straight ahead by odometry, as far (m) as the environment says: a module has no parameters. */
export default (): Policy => {
  const distance = Number(process.env.PRAXIS_DRIVE_M);
  return {
    spec: {
      name: 'drive',
      inputs: [ODOMETRY],
      actions: [
        { name: 'base', group: 'base', space: 'base_twist', names: ['vx', 'wz'], unit: ['m/s', 'rad/s'], frame: '' },
      ],
      ...{ horizon: HORIZON, actionPeriod: ACTION_PERIOD_S, inferencePeriod: 0.1 },
    },
    async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
      const [[x]] = inputs.get('odometry')!.samples as Float64Array[];
      const speed = Math.min(Math.max(APPROACH_1_S * (distance - x), -SPEED_M_S), SPEED_M_S);
      const data = Float64Array.from({ length: 2 * HORIZON }, (_, i) => (i % 2 === 0 ? speed : 0));
      const blocks = { base: { space: 'base_twist', data } } as const;
      return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, blocks, gates: {} };
    },
    reset() {},
    async close() {},
  };
};
