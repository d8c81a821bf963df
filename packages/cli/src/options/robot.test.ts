import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadProject } from '@praxis/evaluation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chosenRobot, robotPath } from './robot.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-named-'));
  writeFileSync(join(scratch, 'praxis.config.mjs'), "export default { robots: { own_arm: './arms/own' } };\n");
});
afterAll(() => rmSync(scratch, { recursive: true }));

it('a registered name is a folder relative to the configuration; what exists, and an unknown name, stay as they are', async () => {
  const project = await loadProject(join(scratch, 'praxis.config.mjs'));
  expect(await robotPath('own_arm', project)).toBe(relative(process.cwd(), join(scratch, 'arms', 'own')));
  expect(await robotPath(scratch, project)).toBe(scratch);
  expect(await robotPath('other', project)).toBe('other');
});

it('--robot names the folder that it looked in; without it the Praxis arm is chosen', async () => {
  const project = await loadProject(join(scratch, 'praxis.config.mjs'));
  await expect(chosenRobot('own_arm', project)).rejects.toThrow(/arms\/own: robot\.yaml: file not found/);
  expect(await chosenRobot(undefined, project)).toBeUndefined();
  await expect(chosenRobot('nosuch', project)).rejects.toThrow(
    /^--robot nosuch: neither a folder nor the name of a robot; known names are .*own_arm/,
  );
});
