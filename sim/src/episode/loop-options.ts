import type { ControlLoopOptions } from '@praxis/core';
import { HOME } from '../robot/arm.ts';

/** How a control loop moves the simulated arm, whatever drives it. */
export const SIM_LOOP = {
  controller: { ik: { posture: Float64Array.from(HOME) } },
  // Above the table and within reach; what a policy asks for beyond is nonsense.
  workspace: { minimum: [0.2, -0.5, -0.02], maximum: [0.8, 0.5, 0.7] },
  // In normal work 0.13 s: an inference each 0.1 s that takes 0.03 s.
  maximumChunkAge: 0.4,
} as const satisfies Partial<ControlLoopOptions>;
