import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder } from '../../robot/node-robot.ts';
import { safetyConfigs } from './safety-config.ts';

const choiceOf = async (name: string) =>
  (await openFolder(fileURLToPath(new URL(`../../../../../robots/${name}`, import.meta.url)))).choice;

describe('the safety configurations of command groups', () => {
  let folder: string;
  const fileWith = (settings: unknown): string => {
    const file = join(folder, 'safety.json');
    writeFileSync(file, JSON.stringify(settings));
    return file;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'praxis-safety-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are those of each group, with the longer deadlines of ROS 2', async () => {
    const arms = safetyConfigs('', await choiceOf('two_arms'));
    expect([...arms.keys()]).toEqual(['left', 'right']);
    const base = safetyConfigs('sim', await choiceOf('base'));
    expect([...base.keys()]).toEqual(['base']);
    for (const { watchdog } of [...arms.values(), ...base.values()]) expect(watchdog.command.deadline).toBe(0.042);
    expect(base.get('base')!.watchdog.streams.odometry.deadline).toBe(0.1);
  });

  it('take the settings of a file by group, and those of an only group as they are', async () => {
    const deadline = (seconds: number) => ({ watchdog: { command: { deadline: seconds } } });
    const arms = safetyConfigs(fileWith({ right: deadline(0.08) }), await choiceOf('two_arms'));
    expect([...arms.values()].map(({ watchdog }) => watchdog.command.deadline)).toEqual([0.042, 0.08]);
    const base = safetyConfigs(fileWith(deadline(0.09)), await choiceOf('base'));
    expect(base.get('base')!.watchdog.command.deadline).toBe(0.09);
  });

  it('refuse settings of a group that is not there, and those of teleoperation for more than one arm, in one line', async () => {
    const arms = await choiceOf('two_arms');
    const file = fileWith({ middle: {} });
    expect(() => safetyConfigs(file, arms)).toThrow(
      new InputError(`parameter safety_config: ${file}: middle: expected settings by command group, left, right`),
    );
    expect(() => safetyConfigs('teleop', arms)).toThrow('expected a robot with one arm here');
  });
});
