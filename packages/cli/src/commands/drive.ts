import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { CommandSource, SpokenCommands } from '@praxis/evaluation';
import { addBridgeOptions, drivenBridge } from '../options/bridge.ts';
import { knownName, oneOf, seed } from '../options/parsers.ts';
import { PLANNER_HELP } from '../options/planner.ts';
import {
  ACCEPT_ROBOT_HELP,
  configOption,
  POLICY_HELP,
  POLICY_SPEC_HELP,
  projectOf,
  ROBOT_HELP,
} from '../options/project.ts';
import { addRecordOptions, recordTarget } from '../options/record.ts';
import { chosenRobot } from '../options/robot.ts';
import { noteSafety } from '../options/safety.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, note, print } from '../terminal/output.ts';

export function addDrive(praxis: Command): void {
  addBridgeOptions(
    addRecordOptions(
      praxis
        .command('drive')
        .description('drive the simulated arm by typed or spoken commands')
        .option('--task <name>', 'task whose scene the arm works in, or free for a scene without one', 'pick')
        .option('--seed <s>', 'seed of the scene', seed, 2_000_000)
        .option('--robot <dir>', ROBOT_HELP)
        .option(
          '--policy <policy>',
          `policy that executes instructions: ${POLICY_HELP}, or expert (default: the shipped policy)`,
        )
        .option('--policy-spec <file>', POLICY_SPEC_HELP)
        .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
        .addOption(configOption())
        .option(
          '--context <kind>',
          'what the planner sees: camera, truth (of the simulator), or blind (nothing)',
          oneOf('--context', ['camera', 'truth', 'blind']),
          'camera',
        )
        .option('--planner <planner>', `planner for requests of several steps: ${PLANNER_HELP} (default: none)`)
        .option(
          '--read-instructions',
          'read each request before the policy gets it: negation, contrast and relation become plain words, and what the cameras do not see is refused',
        )
        .option('--wake-word <word>', 'obey only stop words and commands that follow this word')
        .option('--turns', 'complete each command before the next one, faster than real time (default: in real time)')
        .option('--microphone', 'also recognise spoken commands (needs PocketSphinx and a recorder)')
        .option('--model <dir>', 'with --microphone: sherpa-onnx model for commands (default: PocketSphinx)'),
      ', or at the line /save',
    ),
  )
    .option('--json', 'print every event as JSON, one object per line')
    .addHelpText(
      'after',
      `
Commands are read from standard input, one per line; docs/voice-commands.md lists them. "stop" is a protective stop: the arm moves
again only after the line /reset, which cannot be spoken. At the end of the input the last command is completed and the arm holds;
Ctrl-C holds it at once.

While the policy follows an instruction, any command of motion takes the arm over, "hold" too; "continue", or the instruction again, hands it
back. A recording says at each moment who drove. With --record the lines /success, /failure and /note judge the episode; each may have a note
behind it, and the last one counts, before the judgement of the task.

Examples:
  $ npx praxis drive
  $ npx praxis drive --robot robots/arm5 --task free
  $ npx praxis drive --microphone
  $ npx praxis drive --record drive.mcap --keep 60
  $ npx praxis drive --seed 7 --record demos
  $ npx praxis drive --bridge
  $ npx praxis drive --task tidy --planner rules
  $ npx praxis drive --task press --policy models/contact --read-instructions
  $ printf 'left 5 cm\\nup two inches\\nback\\n' | npx praxis drive --turns
  $ printf 'go home\\nyes\\npick up the red cube\\n' | npx praxis drive --turns --json`,
    )
    .action(async (options) => {
      const evaluation = await import('@praxis/evaluation');
      const { CommandLines, DrivenArm, driveArm, drivePlanner, mergeCommandSources, openDriver } = evaluation;
      const { openPlanner, PlannedArm, policyFacts, policySource, robotChoice } = evaluation;
      const { Language, withRequests } = await import('@praxis/teleop');
      const { extensionFor } = await import('../options/vocabulary.ts');
      const project = await projectOf(options.config);
      const { tasks, modalities } = project.registry;
      const { combineTaps, free } = await import('@praxis/sim');
      const task = options.task === free.name ? free : tasks.find(knownName('--task', options.task, tasks.names));
      if (options.turns && options.microphone) throw new InputError('--turns: cannot be used with --microphone');
      if (options.planner !== undefined && options.wakeWord !== undefined)
        throw new InputError('--planner: cannot be used with --wake-word');
      if (options.planner !== undefined && options.record !== undefined)
        throw new InputError('--record: cannot be used with --planner');
      const { readInstructions: reads = false } = options;
      const [beside] = (['planner', 'wakeWord', 'record'] as const).filter((each) => options[each] !== undefined);
      if (reads && beside !== undefined)
        throw new InputError(
          `--read-instructions: cannot be used with --${beside === 'wakeWord' ? 'wake-word' : beside}`,
        );
      const target = await recordTarget(options, [{ task: task.name, seed: options.seed }]);
      const source = policySource(options.policy, project, options.policySpec);
      const opened = await openDriver(source, [], 'process');
      const extension = extensionFor(source.kind === 'folder' ? source.directory : undefined, options.wakeWord);
      const robot = await chosenRobot(options.robot, project);
      const language = new Language(extension);
      const chosen = await robotChoice(robot);
      const reading = reads ? await evaluation.readingDriver(opened, source, chosen, project.registry) : undefined;
      const driver = reading ?? opened;
      const { seed: first, acceptRobot } = options;
      await noteSafety(robot);
      const typed = new CommandLines(process.stdin);
      let commands: CommandSource = typed;
      const pace = options.turns ? 'turns' : 'realtime';
      const planner = options.planner === undefined ? undefined : await openPlanner(options.planner, project.registry);
      const { urdf } = chosen;
      const shown = await drivenBridge(options, {
        ...{ urdf, pace },
        facts: { task: task.name, seed: first, policy: driver.name },
      });
      /** Without an arm there is nothing to look at, and the process ends. */
      const closeBridge = async (error: unknown): Promise<never> => {
        await shown?.close();
        throw error;
      };
      if (shown) commands = mergeCommandSources(shown.commands, typed, 'second');
      const planned = planner
        ? await PlannedArm.create({
            tap: shown?.tap,
            ...{ ...driver, registry: project.registry, robot: chosen, task, seed: first, acceptRobot, language, pace },
            facts: policyFacts(source),
            detector: await evaluation.policyDetector(source),
            context: options.context,
            // With turns a sentence waits for the end of the plan; only an answer does not.
            commands: pace === 'turns' ? undefined : { next: () => commands.next(), ended: false },
          }).catch(closeBridge)
        : undefined;
      if (planned) await planner?.prepare?.(planned.catalogue);
      const recorder =
        target &&
        new evaluation.EpisodeRecorder({
          target,
          run: await evaluation.runFacts({
            ...{ source, policy: options.policy, robot, config: project.config, acceptRobot },
          }),
          episode: { task: task.name, seed: first, safety: 'teleoperation', driver: 'words' },
          onRemark: note,
        });
      const scene = {
        tap: combineTaps([recorder, shown?.tap]),
        task,
        modalities: modalities.values,
        seed: first,
        ...chosen,
        language,
        acceptRobot,
      };
      const arm = planned?.arm ?? (await DrivenArm.create({ ...driver, ...scene }).catch(closeBridge));
      const { signal, release } = interruptSignal('the arm holds');
      let spoken: SpokenCommands | undefined;
      if (process.stdin.isTTY)
        note('type one command per line, such as "left 5 cm"; /reset after a stop; Ctrl-D to end');
      try {
        if (options.microphone) {
          spoken = await evaluation.SpokenCommands.open({
            extension: planner ? withRequests(extension) : extension,
            model: options.model,
            onStop: ({ word }) => arm.pilot.acceptIntent({ kind: 'stop', word }, arm.time),
            onRemark: note,
          });
          note('listening; press Ctrl-C to end');
        }
        if (spoken) commands = mergeCommandSources(commands, spoken, process.stdin.isTTY ? 'either' : 'second');
        const answers = pace === 'turns' ? commands : undefined;
        await driveArm({
          ...{ arm, commands, pace, signal },
          recording: recorder && {
            save: () => recorder.save('asked'),
            judge: (judgement) => recorder.judge(judgement),
          },
          planner: reading
            ? evaluation.driveReading({ arm, policy: reading.policy, language })
            : planner && planned && drivePlanner({ planned, planner, language, answers }),
          transcript: { form: options.json ? 'json' : 'words', write: print },
        });
        // Ctrl-C also ends the recorder, which is then no failure.
        if (!signal.aborted) spoken?.throwFailure();
      } finally {
        release();
        typed.close();
        await spoken?.close();
        const { resultFacts } = arm;
        await (planned ?? arm).close();
        await shown?.close();
        await recorder?.finish(resultFacts);
        await planner?.close?.();
      }
      process.exitCode = signal.aborted ? EXIT.interrupted : EXIT.ok;
    });
}
