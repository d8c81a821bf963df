import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { RulesPlanner } from '@praxis/planner';
import { expect, it } from 'vitest';
import { openProject } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { readContextFile } from './context-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-context-'));
const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const options = async () => ({
  robot: await robotChoice(undefined),
  registry: (await openProject(undefined, folder)).registry,
});

it('is what a planner sees, with the skills of a robot that has its places', async () => {
  const file = written(
    'scene.json',
    JSON.stringify({
      things: [{ name: 'red cube', position: [0.42, 0.1, 0.02] }],
      places: [{ name: 'left tray', position: [0.47, 0.26, 0.01], halfSize: [0.08, 0.08] }],
    }),
  );
  const { catalogue, context } = readContextFile(file, await options());
  const { plan } = await new RulesPlanner().plan({ request: 'put the red cube on the left tray', context, catalogue });
  expect(plan).toMatchObject({ kind: 'steps', steps: [{ skill: 'pick' }, { skill: 'place' }] });
});

it('is rejected in one line when it is missing, half written or not valid', async () => {
  const given = await options();
  for (const [file, message] of [
    [join(folder, 'none.json'), /none\.json: cannot be read/],
    [written('half.json', '{"things": [{"na'), /half\.json: no JSON/],
    [written('wrong.json', '{"things": 3}'), /wrong\.json: things is not valid/],
  ] as const) {
    expect(() => readContextFile(file, given)).toThrow(InputError);
    expect(() => readContextFile(file, given)).toThrow(message);
  }
});
