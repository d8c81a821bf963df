import type { Command } from '@commander-js/extra-typings';
import { configOption, POLICY_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, note, printJson, printText } from '../terminal/output.ts';

export function addReplay(praxis: Command): void {
  praxis
    .command('replay')
    .description('replay recordings through streams, policy and supervisor, and compare the actions')
    .argument('<file...>', 'recordings (.mcap)')
    .option('--policy <policy>', `${POLICY_HELP} (default: the one that the recording names)`)
    .option('--robot <dir>', `${ROBOT_HELP.replace(/ \(.*/, '')} (default: the one that the recording names)`)
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
With the same build, policy and backend every action has the recorded bits. The exit status is 1 where it has not: the first period that
differs is named, with the difference and the stream that led to it.

Examples:
  $ npx praxis replay pick.mcap
  $ npx praxis replay runs/pick/*.mcap --json
  $ npx praxis replay pick.mcap --policy my-policy`,
    )
    .action(async (files, { policy, json, ...options }) => {
      const { replayRecording, replayText } = await import('@praxis/evaluation');
      const project = await projectOf(options.config);
      const robot = await chosenRobot(options.robot, project);
      const { signal, release } = interruptSignal();
      const reports = [];
      for (const file of files) {
        if (signal.aborted) break;
        const report = await replayRecording(file, { project, policy, robot, signal });
        reports.push(report);
        if (!json) printText(replayText(report));
      }
      release();
      const exact = reports.filter(({ verdict }) => verdict === 'exact').length;
      const partial = signal.aborted;
      if (json) printJson({ exact, recordings: reports, ...(partial ? { partial } : {}) });
      else if (files.length > 1) note(`${exact} of ${reports.length} recordings bit-exact`);
      process.exitCode = partial ? EXIT.interrupted : exact === reports.length ? EXIT.ok : EXIT.failed;
    });
}
