import type { Command } from '@commander-js/extra-typings';
import { interruptible } from '../../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../../terminal/output.ts';

export function addCheck(dataset: Command): void {
  dataset
    .command('check')
    .description('look for faults of a dataset: one line each')
    .argument('<dir>', 'folder of a LeRobotDataset, v3 or v2.1')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
It finds gaps, stale streams, jumps of joints, saturated commands, dead cameras, duplicated episodes, and language without motion. Of videos
the length is read; nothing is decoded. The exit status is 1 when there is a finding.

Examples:
  $ npx praxis dataset check data/pick
  $ npx praxis dataset edit data/pick --out data/clean --drop 3,7-9`,
    )
    .action(async (dir, { json }) => {
      const { checkDataset, findingText } = await import('@praxis/evaluation');
      const result = await interruptible((signal) => checkDataset(dir, signal), 'findings so far are printed');
      const { findings, episodes, frames, fps, cameras, robot, partial } = result;
      if (json) printJson(result);
      else {
        for (const finding of findings) print(findingText(finding));
        const what = `${episodes} episodes, ${frames} frames at ${fps} Hz, ${cameras.length} cameras, robot ${robot ?? 'not named'}`;
        note(
          `${dir}: ${what}: ${findings.length === 0 ? 'no findings' : `${findings.length} findings`}${partial ? ', PARTIAL' : ''}`,
        );
      }
      process.exitCode = partial ? EXIT.interrupted : findings.length === 0 ? EXIT.ok : EXIT.failed;
    });
}
