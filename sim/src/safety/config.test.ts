import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openRobotSource } from '../node.ts';
import { robotSetup } from '../robot/setup.ts';
import { safetyOf } from './config.ts';

const arm5 = await openRobotSource(fileURLToPath(new URL('../../../robots/arm5', import.meta.url)));

it('links are kept apart, but for the fingers and the pairs of the SRDF', () => {
  const { distance } = safetyOf(robotSetup(arm5)).filter;
  expect(distance?.ignoreLinks).toContain('jaw');
  expect(distance?.linkCapsules?.forearm).toHaveLength(1);
  expect(distance?.ignorePairs).not.toContainEqual(['base_link', 'forearm']);
  const withSrdf = safetyOf(robotSetup({ ...arm5, disabledPairs: [['base_link', 'forearm']] })).filter;
  expect(withSrdf.distance?.ignorePairs).toContainEqual(['base_link', 'forearm']);
});

it('soft limits of the description narrow the ranges of the joints', () => {
  const { model } = arm5;
  const joints = model.joints.map((joint) =>
    joint.name === 'joint2' ? { ...joint, softLimit: { lower: -1, upper: 1.2 } } : joint,
  );
  expect(safetyOf(robotSetup(arm5)).filter.limits.position).toBeUndefined();
  const { filter } = safetyOf(robotSetup({ ...arm5, model: { ...model, joints } }));
  expect(filter.limits.position).toEqual({ joint2: [-1, 1.2] });
});

it('a filter of robot.yaml replaces the derived one as a whole, and other settings are added to it', () => {
  const derived = safetyOf(robotSetup(arm5));
  const withSafety = (safety: Record<string, unknown>) =>
    safetyOf(robotSetup({ ...arm5, definition: { ...arm5.definition, safety } }));
  const { limits, stop } = derived.filter;
  expect(withSafety({ filter: { limits, stop } }).filter).toEqual({ limits, stop });
  const { filter, watchdog } = withSafety({ watchdog: { command: { deadline: 0.2 } } });
  expect(filter).toEqual(derived.filter);
  expect(watchdog.command).toEqual({ ...derived.watchdog.command, deadline: 0.2 });
});
