import { ACTION_SIZE, type ActionChunk, type PolicySpec } from '@praxis/core';
import type { ToolGuide } from './tool-guide.ts';

/** It looks at no sensor. */
const NO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };

/** The next part of a tool's way as actions. @param stamp s @param width told to the fingers (m) */
export function guidedChunk(guide: ToolGuide, width: number, spec: PolicySpec, stamp: number): ActionChunk {
  const { horizon, actionPeriod: period } = spec;
  const actions = new Float64Array(horizon * ACTION_SIZE);
  for (let k = 0; k < horizon; k++) {
    actions.set(guide.at(stamp + (k + 1) * period), k * ACTION_SIZE);
    actions[k * ACTION_SIZE + 7] = width;
  }
  return { stamp, period, horizon, actions, gates: NO_GATES };
}
