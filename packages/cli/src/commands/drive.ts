import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { SpokenCommands } from '@praxis/evaluation';
import { knownName, seed } from '../options/parsers.ts';
import { policyOrExpert } from '../options/paths.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, note, print } from '../terminal/output.ts';

export function addDrive(praxis: Command): void {
  praxis
    .command('drive')
    .description('drive the simulated arm by commands in words, one a line on standard input, or spoken')
    .option('--task <name>', 'whose scene the arm stands in', 'pick')
    .option('--seed <s>', 'of the scene', seed, 2_000_000)
    .option('--policy <dir>', 'what follows instructions, or the word expert (default: the shipped policy)')
    .option('--wake-word <word>', 'only what begins with it, or comes soon after it, is for the robot')
    .option(
      '--turns',
      'take a line when the one before is done with, as fast as the machine can; without it in real time',
    )
    .option('--microphone', 'hear commands at the default microphone as well (needs PocketSphinx and a recorder)')
    .option('--model <dir>', 'with --microphone: speech model for sherpa-onnx that hears the commands')
    .option('--json', 'print everything that happens as JSON, one object a line')
    .addHelpText(
      'after',
      `
docs/voice-commands.md says what can be said. "stop" is a protective stop: nothing moves until the line /reset, which no word
replaces. The end of the input lets the last command finish, then holds the arm; Ctrl-C holds it at once.

Examples:
  $ npx praxis drive
  $ npx praxis drive --microphone
  $ printf 'left 5 cm\\nup two inches\\nback\\n' | npx praxis drive --turns
  $ printf 'go home\\nyes\\npick up the red cube\\n' | npx praxis drive --turns --json`,
    )
    .action(async (options) => {
      const evaluation = await import('@praxis/evaluation');
      const { CommandLines, DrivenArm, driveArm, mergeCommandSources, openDriver } = evaluation;
      const { TASK_NAMES } = await import('@praxis/sim');
      const { armUrdf } = await import('@praxis/sim/node');
      const { Language } = await import('@praxis/teleop');
      const { extensionFor } = await import('../options/vocabulary.ts');
      const task = knownName('--task', options.task, TASK_NAMES);
      if (options.turns && options.microphone) throw new InputError('--turns: whoever speaks does not wait for turns');
      const driver = await openDriver(policyOrExpert(options.policy), []);
      const extension = extensionFor(options.policy === 'expert' ? undefined : options.policy, options.wakeWord);
      const scene = { task, seed: options.seed, urdf: armUrdf(), language: new Language(extension) };
      const arm = await DrivenArm.create({ ...driver, ...scene });
      const { signal, release } = interruptSignal('the arm is told to hold');
      const typed = new CommandLines(process.stdin);
      let spoken: SpokenCommands | undefined;
      if (process.stdin.isTTY) note('a command a line, such as "left 5 cm"; /reset after a stop; Ctrl-D ends');
      try {
        if (options.microphone) {
          spoken = await evaluation.SpokenCommands.open({
            extension,
            model: options.model,
            onStop: ({ word }) => arm.pilot.acceptIntent({ kind: 'stop', word }, arm.time),
            onRemark: note,
          });
          note('listening; Ctrl-C ends');
        }
        await driveArm({
          arm,
          commands: spoken ? mergeCommandSources(typed, spoken, process.stdin.isTTY ? 'either' : 'second') : typed,
          pace: options.turns ? 'turns' : 'realtime',
          signal,
          transcript: { form: options.json ? 'json' : 'words', write: print },
        });
        // Ctrl-C ends the recorder as well.
        if (!signal.aborted) spoken?.throwFailure();
      } finally {
        release();
        typed.close();
        await spoken?.close();
        await arm.close();
      }
      process.exitCode = signal.aborted ? EXIT.interrupted : EXIT.ok;
    });
}
