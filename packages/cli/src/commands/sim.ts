import { type Command, Option } from '@commander-js/extra-typings';
import { firstLine } from '@praxis/core';
import { checkedInstruction } from '../options/instruction.ts';
import { episodes, knownNames, list, names, seed, seedRange } from '../options/parsers.ts';
import { configOption, MASK_HELP, POLICY_HELP, projectOf } from '../options/project.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

export function addSim(praxis: Command): void {
  praxis
    .command('sim')
    .description('run episodes and print the result of each')
    .addOption(
      new Option('--task <names>', 'tasks that alternate, separated by commas, or all')
        .argParser(names)
        .default(names('pick,sort'), 'pick,sort'),
    )
    .option('--episodes <n>', 'number of episodes', episodes, 3)
    .option('--seed <s>', 'first seed', seed, 2_000_000)
    .option('--policy <policy>', `${POLICY_HELP}, or expert (default: the shipped policy)`)
    .addOption(configOption())
    .option('--mask <names>', MASK_HELP, list)
    .option('--instruction <text>', 'instruction for the policy (default: the instruction of the task)')
    .option('--fast', 'run as fast as possible (default: in real time)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis sim
  $ npx praxis sim --task pick --fast --seed 7
  $ npx praxis sim --task sort --policy expert --episodes 1`,
    )
    .action(async ({ fast, json, ...options }) => {
      const { openDriver, policySource, rollouts } = await import('@praxis/evaluation');
      const project = await projectOf(options.config);
      const { registry } = project;
      const tasks = knownNames('--task', options.task, registry.tasks.names).map((name) => registry.tasks.find(name));
      const modalities = registry.modalities.values;
      const seeds = seedRange(options.seed, options.episodes);
      const mask = options.mask ?? [];
      const source = policySource(options.policy, project);
      const instruction =
        options.instruction === undefined ? undefined : await checkedInstruction(options.instruction, source);
      const driver = await openDriver(source, mask);
      const printLine = json ? note : print;
      printLine(`policy ${driver.name}${mask.length > 0 ? `, without ${mask.join(', ')}` : ''}`);
      const { signal, release } = interruptSignal();
      const results = [];
      const pacing = fast ? 'fast' : 'realtime';
      for await (const episode of rollouts({ driver, tasks, modalities, seeds, mask, instruction, pacing, signal })) {
        results.push(episode);
        const { task, seed, success, failure, policyError, timeS, wallS, peakForceN } = episode;
        printLine(
          `${task} ${seed}  "${episode.instruction}"  ${success ? 'success' : `failed: ${failure ?? 'out of time'}`}` +
            (success || policyError === undefined ? '' : ` (the policy failed: ${firstLine(policyError)})`) +
            `  ${timeS.toFixed(1)} s, peak ${peakForceN.toFixed(1)} N, ${(timeS / wallS).toFixed(1)} times real time`,
        );
      }
      release();
      if (json) printJson({ policy: driver.name, episodes: results });
      process.exitCode = signal.aborted ? EXIT.interrupted : EXIT.ok;
    });
}
