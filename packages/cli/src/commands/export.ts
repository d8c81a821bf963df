import { resolve } from 'node:path';
import { type Command, Option } from '@commander-js/extra-typings';
import { list, wholeNumber } from '../options/parsers.ts';
import { picturesOption } from '../options/pictures.ts';
import { interruptible } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson, printText } from '../terminal/output.ts';

export function addExport(praxis: Command): void {
  praxis
    .command('export')
    .description('write recordings or demonstrations as a dataset of another format')
    .argument('<file...>', 'recordings (.mcap), or folders that praxis demos wrote')
    .addOption(
      new Option('--to <format>', 'lerobot: LeRobotDataset v3').choices(['lerobot'] as const).makeOptionMandatory(),
    )
    .requiredOption('--out <dir>', 'folder of the dataset')
    .option('--append', 'add the episodes to a dataset that exists')
    .option(
      '--fps <n>',
      'frames per second (default: the rate of the slowest camera, or 10)',
      wholeNumber('--fps', 1, 1000),
    )
    .option('--leave-out <streams>', 'streams to leave out, separated by commas', list)
    .addOption(
      picturesOption(
        'PNG in the tables, without loss, or MP4 files of JPEG pictures (default: table, with --append that of the dataset)',
      ),
    )
    .option('--successes', 'leave out episodes that did not reach their goal')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A frame holds the newest sample of each stream that was received by its time, and its action is the last command before the next frame. The
audit says what that made of each stream; it stands in meta/praxis_audit.json too. No dataset is overwritten.

Examples:
  $ npx praxis eval --task pick --episodes 20 --record runs
  $ npx praxis export runs/*.mcap --to lerobot --out data/pick
  $ npx praxis export more/*.mcap --to lerobot --out data/pick --append
  $ npx praxis export runs/*.mcap --to lerobot --out data/pick-mp4 --pictures mp4
  $ npx praxis export data/expert --to lerobot --out data/expert-lerobot --successes`,
    )
    .action(async (files, { out, append, fps, leaveOut, pictures, successes, json }) => {
      const { auditText, cameraAuditText, exportDataset } = await import('@praxis/evaluation');
      const { episodeProgress } = await import('../terminal/progress.ts');
      const report = await interruptible(
        (signal) =>
          exportDataset({
            ...{ sources: files, out: resolve(out), fps, leaveOut, pictures, signal },
            existing: append ? 'append' : 'refuse',
            keep: successes ? 'successes' : 'all',
            startProgress: episodeProgress,
          }),
        'complete episodes are written',
      );
      if (json) printJson({ ...report, out });
      else {
        for (const audit of report.audits) if (audit.streams.length > 0) printText(auditText(audit));
        print(
          `${report.episodes} episodes, ${report.frames} frames at ${report.fps} Hz of ${report.robot} in ${out}, which has ${report.totalEpisodes}`,
        );
        for (const camera of report.cameras) print(cameraAuditText(camera));
        if (report.failures > 0) note(`${report.failures} episodes that did not reach their goal are left out`);
        if (report.partial) print('PARTIAL: interrupted before the last episode');
      }
      process.exitCode = report.partial ? EXIT.interrupted : EXIT.ok;
    });
}
