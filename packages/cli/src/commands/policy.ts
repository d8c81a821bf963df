import type { Command } from '@commander-js/extra-typings';
import { wholeNumber } from '../options/parsers.ts';
import { ACCEPT_ROBOT_HELP, configOption, POLICY_SPEC_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { addPolicyImport } from './policy-import.ts';

export function addPolicy(praxis: Command): void {
  const policy: Command = praxis
    .command('policy')
    .description('import a policy from elsewhere, and check one before anything moves');
  policy
    .command('check')
    .description('compare a policy with a robot, and try its network on simulated scenes before anything moves')
    .argument('<policy>', 'directory with a manifest.json, module, name of the configuration, or ws://host:port')
    .option('--robot <dir>', ROBOT_HELP)
    .option('--policy-spec <file>', POLICY_SPEC_HELP)
    .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
    .option('--scenes <n>', 'number of simulated scenes of each task', wholeNumber('--scenes', 1, 100), 3)
    .option(
      '--observations <file>',
      'recorded observations with their actions, to compare the policy with (.safetensors)',
    )
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
It shows what the policy needs beside what the robot offers, the share of the actions that each input moves, and every fault: streams
and actions that differ, units, order of joints, sign of the gripper, exchanged cameras, dead inputs, extreme inputs, and a start
outside what was trained. The exit status is 2 when there is a fault; warnings do not change it. docs/policy-check.md explains each.

Examples:
  $ npx praxis policy check models/default
  $ npx praxis policy check my-policy.ts --robot robots/arm6 --json`,
    )
    .action(async (named, { json, config, robot, ...options }) => {
      const { checkNamedPolicy, policyCheckText } = await import('@praxis/evaluation');
      const { chosenRobot } = await import('../options/robot.ts');
      const project = await projectOf(config);
      const check = await checkNamedPolicy(named, { ...options, robot: await chosenRobot(robot, project), project });
      if (json) printJson(check);
      else for (const line of policyCheckText(check).split('\n')) print(line);
      process.exitCode = check.faults.length > 0 ? EXIT.badInput : EXIT.ok;
    });
  addPolicyImport(policy);
}
