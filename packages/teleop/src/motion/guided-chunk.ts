import { ACTION_SIZE, type ActionChunk, type PolicySpec } from '@praxis/core';
import { interpolateChunk } from '@praxis/policy';
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

/** What a chunk tells the fingers at a time (m); undefined at one that it says nothing of. */
export function widthAt(chunk: ActionChunk, now: number): number | undefined {
  if (now < chunk.stamp || now > chunk.stamp + chunk.horizon * chunk.period) return undefined;
  const row = new Float64Array(ACTION_SIZE);
  interpolateChunk(chunk, now, row);
  return row[7];
}
