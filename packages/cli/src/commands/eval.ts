import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { episodes, knownNames, names, oneOf, seed, seedRange, workers } from '../options/parsers.ts';
import { policyOrExpert } from '../options/paths.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';

export function addEval(praxis: Command): void {
  praxis
    .command('eval')
    .description('evaluate a policy: success rates with 95 % intervals, times, forces, latency')
    .requiredOption('--task <names>', 'tasks, separated by commas, or all', names)
    .option('--episodes <n>', 'number of episodes of each task', episodes, 50)
    .option('--seed <s>', 'first seed; reported results use seeds from 2000000 on', seed, 2_000_000)
    .option('--policy <dir>', 'directory with a manifest.json, or expert (default: the shipped policy)')
    .option(
      '--mask <modalities>',
      'modalities to mask: vision,wrench,language; the policy does not receive them',
      names,
    )
    .option('--fault <name>', 'fault injected into every episode in mid-motion: policy_killed, arm_struck, ...')
    .option('--safety <on|off>', 'safety supervisor of the arm', oneOf('--safety', ['on', 'off']), 'on')
    .option('--swap', 'repeat each success with another object named, and count how often the robot takes it')
    .option('--workers <k>', 'number of processes', workers, 2)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The seed also selects the wordings of the instructions: training below 1000000, validation below 2000000, reports from there on.

Examples:
  $ npx praxis eval --task pick,sort --episodes 200 --seed 2000000
  $ npx praxis eval --task pick --mask language --episodes 100 --json
  $ npx praxis eval --task pick,sort --fault policy_killed --episodes 25
  $ npx praxis eval --task all --policy expert --seed 1000000`,
    )
    .action(async (options) => {
      const { evaluate, MASKABLE_MODALITIES, reportTable } = await import('@praxis/evaluation');
      const { FAULT_NAMES, findFault, TASK_NAMES } = await import('@praxis/sim');
      const { progress } = await import('../terminal/progress.ts');
      const faultNamed = (name: string): string => {
        try {
          return findFault(name).name;
        } catch (cause) {
          throw new InputError(`--fault ${name}: unknown; known are ${FAULT_NAMES.join(', ')}`, { cause });
        }
      };
      const fault = options.fault === undefined ? undefined : faultNamed(options.fault);
      const tasks = knownNames('--task', options.task, TASK_NAMES);
      const seeds = seedRange(options.seed, options.episodes);
      const mask = knownNames('--mask', options.mask ?? [], MASKABLE_MODALITIES);
      const policy = policyOrExpert(options.policy);
      const { signal, release } = interruptSignal();
      const report = await evaluate({
        ...{ policy, tasks, seeds, mask, fault, signal },
        safety: options.safety,
        swap: options.swap === true,
        workers: options.workers,
        startProgress: progress,
      }).finally(release);
      if (options.json) printJson(report);
      else print(reportTable(report));
      process.exitCode = report.partial ? EXIT.interrupted : EXIT.ok;
    });
}
