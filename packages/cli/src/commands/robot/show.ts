import type { Command } from '@commander-js/extra-typings';
import type { JointLimit, SummaryLink } from '@praxis/model';
import { note, print, printJson } from '../../terminal/output.ts';

export function addRobotShow(commands: Command): void {
  commands
    .command('show')
    .description('show the tree, limits, masses and reach of a robot')
    .argument('<dir>', 'folder with a robot.yaml, or name of the configuration')
    .option(
      '--safety',
      'print the settings of its supervisor as robot.yaml holds them; what robot.yaml leaves out is derived',
    )
    .option('--image <file>', 'draw the robot in its home posture (PNG)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Limits are in rad, rad/s and Nm (m, m/s and N for prismatic joints). The reach is that of 4000 random postures.

Examples:
  $ npx praxis robot show robots/my-arm
  $ npx praxis robot show robots/my-arm --safety > settings.yaml`,
    )
    .action(async (dir, { image, safety, json }) => {
      const { drawRobot, openRobot, robotSafety } = await import('@praxis/evaluation');
      const { robotPath } = await import('../../options/robot.ts');
      const { settingsText, summarizeRobot } = await import('@praxis/model');
      const robot = await openRobot(await robotPath(dir));
      if (safety) {
        const { config } = await robotSafety(robot);
        if (json) printJson({ safety: config });
        else print(settingsText('safety', config).trimEnd());
        return;
      }
      const summary = summarizeRobot(robot);
      if (image !== undefined) await drawRobot(robot, image, (message) => note(`praxis robot show: ${message}`));
      if (json) {
        printJson(summary);
        return;
      }
      print(`${summary.name}  ${summary.description}  ${decimals(summary.mass)} kg`);
      for (const link of summary.tree) print(lineOf(link));
      for (const [name, { maxLinear, maxAngular, wheelRadius, track }] of Object.entries(summary.bases)) {
        print(
          `${name} drives at up to ${maxLinear} m/s and ${maxAngular} rad/s; wheels of ${wheelRadius} m, ${track} m apart`,
        );
      }
      for (const [name, { lower, upper, distance }] of Object.entries(summary.reach)) {
        const box = ['x', 'y', 'z'].map((axis, i) => `${axis} ${decimals(lower[i])} to ${decimals(upper[i])}`);
        print(`reach of ${name}: ${decimals(distance)} m from its base; ${box.join(', ')} m`);
      }
    });
}

const decimals = (value: number): string => `${Math.round(value * 1000) / 1000}`;

function lineOf({ link, depth, mass, joint, roles }: SummaryLink): string {
  const parts = [
    `${'  '.repeat(depth)}${link}`,
    joint && `${joint.name} (${joint.type}${joint.mimics === undefined ? '' : `, follows ${joint.mimics}`})`,
    joint?.limit && limitsInWords(joint.limit),
    mass > 0 && `${decimals(mass)} kg`,
    roles.length > 0 && `[${roles.join(', ')}]`,
  ];
  return parts.filter(Boolean).join('  ');
}

const limitsInWords = ({ lower, upper, velocity, effort }: JointLimit): string =>
  [
    Number.isFinite(lower) || Number.isFinite(upper) ? `${decimals(lower)} to ${decimals(upper)}` : 'turns on',
    `speed ${Number.isFinite(velocity) ? decimals(velocity) : 'unknown'}`,
    `effort ${Number.isFinite(effort) ? decimals(effort) : 'unknown'}`,
  ].join(', ');
