import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { note, print, printJson } from '../../terminal/output.ts';

export function addRobotInit(robot: Command): void {
  robot
    .command('init')
    .description('draft the robot.yaml of a URDF or MJCF, and say what was guessed')
    .argument('<file>', 'URDF or MJCF file')
    .option('--out <dir>', 'folder that receives robot.yaml (default: the folder of the file)')
    .option('--package <name=dir>', 'folder of a package that package:// names; repeat it for more', packages, {})
    .option('--force', 'replace a robot.yaml that is there')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Packages are also found in a folder of their name beside the file or beside a folder above it.

Example:
  $ npx praxis robot init my_arm.urdf --out robots/my-arm`,
    )
    .action(async (file, { out, package: given, force, json }) => {
      const { initRobot } = await import('@praxis/evaluation');
      const overwrite = force ? 'replace' : 'refuse';
      const { path, draft, problems } = await initRobot({ file, out, packages: given, overwrite });
      for (const { message } of problems) note(`praxis robot init: ${message}`);
      if (json) {
        printJson({ path, definition: draft.definition, guesses: draft.guesses });
        return;
      }
      for (const { key, value, reason } of draft.guesses) print(`${key}: ${value}\n    ${reason}`);
      print(`${path}: ${draft.guesses.length} guesses; npx praxis robot check says what does not fit`);
    });
}

function packages(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [name, ...folder] = text.split('=');
  if (name === '' || folder.length === 0) throw new InputError(`--package ${text}: expected name=dir`);
  return { ...before, [name]: folder.join('=') };
}
