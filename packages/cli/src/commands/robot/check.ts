import type { Command } from '@commander-js/extra-typings';
import type { SafetyConfig } from '@praxis/safety';
import { EXIT, print, printJson } from '../../terminal/output.ts';

export function addRobotCheck(robot: Command): void {
  robot
    .command('check')
    .description('list everything that is missing or implausible in the folder of a robot')
    .argument('<dir>', 'folder with a robot.yaml, or name of the configuration')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
It checks names, limits, inertias, meshes, gripper, cameras, the home posture and the workspace. The exit status is 2 when there is a
fault; warnings do not change it.

Example:
  $ npx praxis robot check robots/my-arm`,
    )
    .action(async (dir, { json }) => {
      const { checkRobotFolder, robotSafety } = await import('@praxis/evaluation');
      const { robotPath } = await import('../../options/robot.ts');
      const { findings, robot: checked } = await checkRobotFolder(await robotPath(dir));
      const faults = findings.filter(({ severity }) => severity === 'fault');
      const warnings = findings.filter(({ severity }) => severity === 'warning');
      if (json) printJson({ faults, warnings });
      else {
        for (const { severity, subject, message } of [...faults, ...warnings]) {
          print(`${severity.padEnd(7)}  ${subject === 'folder' ? '' : `${subject}: `}${message}`);
        }
        print(`${dir}: ${counted(faults.length, 'fault')}, ${counted(warnings.length, 'warning')}`);
        // Two arms have two supervisors, and a base alone has no filter.
        if (checked && faults.length === 0 && Object.keys(checked.definition.arms).length === 1) {
          const { config, origin } = await robotSafety(checked);
          if (origin === 'derived') print(await derivedText(config, dir));
        }
      }
      process.exitCode = faults.length > 0 ? EXIT.badInput : EXIT.ok;
    });
}

async function derivedText(config: SafetyConfig, dir: string): Promise<string> {
  const { derivedFigures } = await import('@praxis/safety');
  return `safety: derived, not measured: ${derivedFigures(config)}; npx praxis robot show ${dir} --safety prints all settings`;
}

const counted = (count: number, word: string): string => `${count || 'no'} ${word}${count === 1 ? '' : 's'}`;
