import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { addBridgeOptions, bridgeAccess } from '../options/bridge.ts';
import {
  episodes,
  list,
  names,
  numberIn,
  oneOf,
  perturbations,
  seed,
  seedRange,
  touch,
  workers,
} from '../options/parsers.ts';
import { PLANNER_HELP } from '../options/planner.ts';
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
import { SHARD_HELP, shardOf } from '../options/shard.ts';
import { tasksForPolicy } from '../options/tasks.ts';
import { interruptible } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';

export function addEval(praxis: Command): void {
  addBridgeOptions(
    addRecordOptions(
      praxis
        .command('eval')
        .description('evaluate a policy: success rates with 95 % intervals, times, forces, latency')
        .requiredOption('--task <names>', 'tasks, separated by commas, or all that the policy was trained for', names)
        .option('--episodes <n>', 'number of episodes of each task', episodes, 50)
        .option('--seed <s>', 'first seed; reported results use seeds from 2000000 on', seed, 2_000_000)
        .option('--robot <dir>', ROBOT_HELP)
        .option('--arm <name>', ARM_HELP)
        .option('--policy <policy>', `${POLICY_HELP}, or expert (default: the shipped policy)`)
        .option('--policy-spec <file>', POLICY_SPEC_HELP)
        .addOption(configOption())
        .option('--mask <names>', MASK_HELP, list)
        .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
        .option('--perturb <axes>', PERTURB_HELP, perturbations)
        .option(
          '--touch <timing>',
          'of which moment the force readings are: delay:SECONDS (their stamps do not show it), or shuffled (another one of the last 4 s)',
          touch,
        )
        .option(
          '--inference-delay <seconds>',
          'time that each inference takes beyond the 0.03 s that an episode counts',
          numberIn('--inference-delay', 0, 1),
        )
        .option(
          '--scheduler <name>',
          'scheduler of the action chunks: receding_horizon (default) or temporal_ensembling',
        )
        .option('--fault <name>', 'fault injected into every episode in mid-motion: policy_killed, arm_struck, ...')
        .option('--safety <on|off>', 'safety supervisor of the arm', oneOf('--safety', ['on', 'off']), 'on')
        .option('--planner <planner>', `planner that does tasks of several steps, such as tidy: ${PLANNER_HELP}`)
        .option(
          '--context <kind>',
          'what the planner sees: camera, truth (of the simulator), or blind (nothing, to show that it is used)',
          oneOf('--context', ['camera', 'truth', 'blind']),
          'camera',
        )
        .option(
          '--read-instructions',
          'read each instruction before the policy gets it: negation, contrast and relation become plain words, and what the cameras do not see is refused',
        )
        .option('--swap', 'repeat each success with another object named, and count how often the robot takes it')
        .option(
          '--absent',
          'ask for things that are not there: kinds that the scene lacks, and unknown ones; success is that nothing moves',
        ),
    ),
    'look in',
  )
    .option(
      '--workers <k>',
      'number of processes (default: 2, and 1 with --bridge, which shows the episodes of one)',
      workers,
    )
    .option('--shard <i/n>', SHARD_HELP)
    .option('--out <file>', 'write the report with every episode as JSON, for praxis report')
    .option('--json', 'print one JSON object; with --shard it holds every episode, as the file of --out does')
    .addHelpText(
      'after',
      `
The seed also selects the wordings of the instructions: training below 1000000, validation below 2000000, reports from there on.
However the seeds are split into shards, praxis report merge makes the report of one run of them, with the same trace_sha256.

Examples:
  $ npx praxis eval --task pick,sort --episodes 200 --seed 2000000
  $ npx praxis eval --task pick --mask language --episodes 100 --json
  $ npx praxis eval --task pick,sort --perturb camera:1
  $ npx praxis eval --task pick,press --absent
  $ npx praxis eval --policy models/contact --task pick,press --perturb language:2 --read-instructions
  $ npx praxis eval --task sort --touch delay:0.3
  $ npx praxis eval --task pick --inference-delay 0.1 --scheduler temporal_ensembling
  $ npx praxis eval --task pick,sort --fault policy_killed --episodes 25
  $ npx praxis eval --task all --policy expert --seed 1000000
  $ npx praxis eval --task pick --episodes 20 --record runs/pick
  $ npx praxis eval --task pick --episodes 20 --bridge
  $ npx praxis eval --config examples/own-task/praxis.config.ts --task drag --policy expert
  $ npx praxis eval --task pick --policy my-policy.ts
  $ npx praxis eval --task pick --policy ws://gpu-machine:8000
  $ npx praxis eval --task pick --robot robots/arm6 --policy expert
  $ npx praxis eval --task tidy --planner rules --episodes 100
  $ npx praxis eval --task pick --episodes 200 --out runs/pick.json
  $ npx praxis eval --task pick --episodes 200 --shard 1/3 --out runs/pick-1.json`,
    )
    .action(async (options) => {
      const evaluation = await import('@praxis/evaluation');
      const { checkWritable, evaluateEpisodes, evaluationRecord, evaluationReport, policyFacts, policySource } =
        evaluation;
      const { progress } = await import('../terminal/progress.ts');
      const { schedulerName } = await import('@praxis/policy');
      const scheduler = options.scheduler === undefined ? undefined : schedulerName(options.scheduler);
      const { out } = options;
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const shard = await shardOf(options.shard);
      const project = await projectOf(options.config);
      const { registry, config } = project;
      const robot = await chosenRobot(options.robot, project);
      const { fault, policy, policySpec, mask, acceptRobot, arm } = options;
      if (fault !== undefined && !registry.faults.get(fault)) {
        throw new InputError(`--fault ${fault}: unknown; known are ${registry.faults.names.join(', ')}`);
      }
      const { planner: name, context } = options;
      const planner = name === undefined ? undefined : { name, context };
      const known = planner ? registry.plannerTaskNames : registry.policyTaskNames;
      // A plan calls the policy for parts of a task alone.
      const trained = planner ? undefined : policyFacts(policySource(policy, project, policySpec))?.tasks;
      const tasks = tasksForPolicy(options.task, known, trained);
      const seeds = seedRange(options.seed, options.episodes);
      const target = await recordTarget(
        options,
        tasks.flatMap((task) => seeds.map((seed) => ({ task, seed }))),
      );
      const bridge = bridgeAccess(options);
      const measured = await interruptible((signal) =>
        evaluateEpisodes({
          ...{
            policy,
            policySpec,
            robot,
            arm,
            config,
            tasks,
            seeds,
            shard,
            mask,
            acceptRobot,
            fault,
            signal,
            planner,
            record: target,
            bridge,
          },
          safety: options.safety,
          perturbations: options.perturb,
          touch: options.touch,
          addedInferenceDelay: options.inferenceDelay,
          scheduler,
          swap: options.swap === true,
          absent: options.absent === true,
          readInstructions: options.readInstructions === true,
          workers: options.workers,
          startProgress: progress,
        }),
      );
      const report = evaluationReport(measured.run, measured.outcomes);
      const record = evaluationRecord(measured);
      if (out !== undefined) evaluation.writeJsonAtomically(out, record);
      if (options.json) printJson(shard ? record : report);
      else print(evaluation.reportTable(report));
      process.exitCode = report.partial ? EXIT.interrupted : EXIT.ok;
    });
}
