import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { episodes, knownNames, names, oneOf, seed, seedRange, workers } from '../options/parsers.ts';
import { policyOrExpert } from '../options/paths.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';

export function addEval(praxis: Command): void {
  praxis
    .command('eval')
    .description('measure a policy: success rates with 95 % intervals, times, forces, latency')
    .requiredOption('--task <names>', 'tasks separated by commas, or all', names)
    .option('--episodes <n>', 'episodes of each task', episodes, 50)
    .option('--seed <s>', 'first seed; reported results start at 2000000', seed, 2_000_000)
    .option('--policy <dir>', 'directory with a manifest.json, or the word expert (default: the shipped policy)')
    .option('--mask <modalities>', 'withhold modalities from the policy: vision,wrench,language', names)
    .option('--fault <name>', 'let something go wrong in mid-motion of every episode: policy_killed, arm_struck, ...')
    .option('--safety <on|off>', 'whether the supervisor guards the arm', oneOf('--safety', ['on', 'off']), 'on')
    .option('--swap', 'repeat each success with another object named and count how often it is taken')
    .option('--workers <k>', 'processes', workers, 2)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Seeds choose the wordings: below 1000000 those of training, below 2000000 of validation, from there on of reports.

Examples:
  $ npx praxis eval --task pick,sort --episodes 200 --seed 2000000
  $ npx praxis eval --task pick --mask language --episodes 100 --json
  $ npx praxis eval --task pick,sort --fault policy_killed --episodes 25
  $ npx praxis eval --task all --policy expert --seed 1000000`,
    )
    .action(async (options) => {
      const { evaluate, MASKABLE, reportTable } = await import('@praxis/evaluation');
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
      const mask = knownNames('--mask', options.mask ?? [], MASKABLE);
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
