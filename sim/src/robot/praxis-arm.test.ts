import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { armUrdf, openRobotSource } from '../node.ts';
import { SIM_SAFETY, safetyOf } from '../safety/config.ts';
import { PRAXIS_AREA, taskAreaOf } from '../tasks/area.ts';
import { armModel, ROBOT_SPEC } from './arm.ts';
import { PRAXIS_ARM } from './praxis-arm.ts';
import { robotSetup } from './setup.ts';

const folder = await openRobotSource(fileURLToPath(new URL('../../../robots/praxis_arm', import.meta.url)));

it('the Praxis arm in code is the one in its folder', () => {
  expect(folder.definition).toEqual(PRAXIS_ARM);
});

it('its folder gives the streams, the task area and the safety settings that it always had', () => {
  const setup = robotSetup(folder);
  expect(setup.spec).toEqual(ROBOT_SPEC);
  expect(taskAreaOf(setup)).toEqual(PRAXIS_AREA);
  expect(safetyOf(setup)).toEqual(SIM_SAFETY);
  expect(setup.model).toEqual(armModel(armUrdf()).model);
  expect(setup.warnings).toEqual([]);
});
