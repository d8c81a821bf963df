import { type Command, Option } from '@commander-js/extra-typings';
import { firstLine } from '@praxis/core';
import type { RolloutOptions } from '@praxis/evaluation';
import { addBridgeOptions, episodeBridges, openedBridge } from '../options/bridge.ts';
import { checkedInstruction } from '../options/instruction.ts';
import { episodes, list, names, perturbations, seed, seedRange } from '../options/parsers.ts';
import {
  ACCEPT_ROBOT_HELP,
  ARM_HELP,
  configOption,
  MASK_HELP,
  PERTURB_HELP,
  POLICY_HELP,
  POLICY_SPEC_HELP,
  projectOf,
  ROBOT_HELP,
} from '../options/project.ts';
import { addRecordOptions, recordTarget } from '../options/record.ts';
import { chosenRobot } from '../options/robot.ts';
import { noteSafety } from '../options/safety.ts';
import { tasksForPolicy } from '../options/tasks.ts';
import { interruptSignal, PARTIAL } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

export function addSim(praxis: Command): void {
  addBridgeOptions(
    addRecordOptions(
      praxis
        .command('sim')
        .description('run episodes and print the result of each')
        .addOption(
          new Option(
            '--task <names>',
            'tasks that alternate, separated by commas, or all; free is a scene without a task',
          )
            .argParser(names)
            .default(names('pick,sort'), 'pick,sort'),
        )
        .option('--episodes <n>', 'number of episodes', episodes, 3)
        .option('--seed <s>', 'first seed', seed, 2_000_000)
        .option('--robot <dir>', ROBOT_HELP)
        .option('--arm <name>', ARM_HELP)
        .option('--policy <policy>', `${POLICY_HELP}, or expert (default: the shipped policy)`)
        .option('--policy-spec <file>', POLICY_SPEC_HELP)
        .addOption(configOption())
        .option('--mask <names>', MASK_HELP, list)
        .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
        .option('--perturb <axes>', PERTURB_HELP, perturbations)
        .option('--instruction <text>', 'instruction for the policy (default: the instruction of the task)'),
    ),
  )
    .option('--fast', 'run as fast as possible (default: in real time)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis sim
  $ npx praxis sim --task pick --fast --seed 7
  $ npx praxis sim --task pick --episodes 1 --fast --record pick.mcap
  $ npx praxis sim --task sort --policy expert --episodes 1
  $ npx praxis sim --task pick --episodes 100 --bridge
  $ npx praxis sim --robot robots/arm5 --task pick --policy expert --fast
  $ npx praxis sim --robot robots/two_arms --arm right --task pick --policy expert --fast
  $ npx praxis sim --robot robots/two_arms --task free --policy examples/two-arms/policy.ts --episodes 1`,
    )
    .action(async ({ fast, json, ...options }) => {
      const { EpisodeRecorder, openDriver, policyFacts, policySource, robotChoice, rollouts, runFacts, workingArmOf } =
        await import('@praxis/evaluation');
      const { free, outcomeInWords } = await import('@praxis/sim');
      const project = await projectOf(options.config);
      const { registry } = project;
      const known = options.task === 'all' ? registry.policyTaskNames : [...registry.tasks.names, free.name];
      const source = policySource(options.policy, project, options.policySpec);
      const tasks = tasksForPolicy(options.task, known, policyFacts(source)?.tasks).map((name) => {
        return name === free.name ? free : registry.tasks.find(name);
      });
      const modalities = registry.modalities.values;
      const { acceptRobot, arm, perturb } = options;
      const robot = await chosenRobot(options.robot, project);
      const workingArm = workingArmOf(await robotChoice(robot, arm));
      const seeds = seedRange(options.seed, options.episodes);
      const mask = options.mask ?? [];
      const instruction =
        options.instruction === undefined ? undefined : await checkedInstruction(options.instruction, source);
      const target = await recordTarget(
        options,
        seeds.map((seed, i) => ({ task: tasks[i % tasks.length].name, seed })),
      );
      const { config } = project;
      const run =
        target &&
        (await runFacts({ source, policy: options.policy, robot, config, mask, acceptRobot, perturbations: perturb }));
      const record: RolloutOptions['record'] =
        target && run && ((episode) => new EpisodeRecorder({ ...{ target, run, episode }, onRemark: note }));
      // Ctrl-C is answered although an inference does not end.
      const driver = await openDriver(source, mask, 'process');
      const printLine = json ? note : print;
      await noteSafety(robot);
      const armed = workingArm === undefined ? '' : `, arm ${workingArm}`;
      printLine(`policy ${driver.name}${armed}${mask.length > 0 ? `, without ${mask.join(', ')}` : ''}`);
      const opened = await openedBridge(options);
      const pacing = fast ? 'fast' : 'realtime';
      const bridge =
        opened && (await episodeBridges(opened, { source, robot, pacing, facts: { policy: driver.name } }));
      const { signal, release } = interruptSignal();
      const results = [];
      try {
        for await (const episode of rollouts({
          ...{
            driver,
            robot,
            arm,
            tasks,
            modalities,
            seeds,
            mask,
            acceptRobot,
            perturbations: perturb,
            instruction,
            pacing,
            signal,
            record,
            bridge,
          },
        })) {
          results.push(episode);
          const { task, seed, success, policyError, timeS, wallS, peakForceN } = episode;
          printLine(
            `${task} ${seed}  "${episode.instruction}"  ${outcomeInWords(episode)}` +
              (success || policyError === undefined ? '' : ` (the policy failed: ${firstLine(policyError)})`) +
              `  ${timeS.toFixed(1)} s, peak ${peakForceN.toFixed(1)} N, ${(timeS / wallS).toFixed(1)} times real time`,
          );
        }
      } finally {
        release();
        await opened?.close();
      }
      const partial = results.length < seeds.length;
      if (partial) printLine(PARTIAL);
      if (json) printJson({ policy: driver.name, episodes: results, ...(partial ? { partial } : {}) });
      process.exitCode = partial ? EXIT.interrupted : EXIT.ok;
    });
}
