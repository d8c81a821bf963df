import { type Command, Option } from '@commander-js/extra-typings';
import { note } from '../../terminal/output.ts';

const MEGABYTE = 1e6;

export function addCompress(recordings: Command): void {
  recordings
    .command('compress')
    .description('copy a recording with its pictures as JPEG or as video, which both lose detail')
    .argument('<file>', 'recording (.mcap)')
    .addOption(
      new Option(
        '--pictures <coding>',
        'jpeg: each picture is one of its own; video: H.264, a fraction of the size (default: jpeg)',
      ).choices(['jpeg', 'video'] as const),
    )
    .requiredOption('--out <file>', 'the copy')
    .option('--overwrite', 'overwrite a file that exists')
    .addHelpText(
      'after',
      `
The copy has /camera_NAME/image_raw/compressed (sensor_msgs/CompressedImage) or /camera_NAME/image_raw/video (foxglove_msgs/CompressedVideo) in
place of the raw pictures. It cannot be replayed or exported, since a policy would not see the pictures that it saw: keep the original for that.

Examples:
  $ npx praxis recordings compress pick.mcap --pictures video --out small.mcap
  $ npx praxis recordings compress pick.mcap --pictures jpeg --out small.mcap`,
    )
    .action(async (file, { pictures = 'jpeg', out, overwrite }) => {
      const { compressRecording } = await import('@praxis/evaluation');
      const existing = overwrite ? 'overwrite' : 'refuse';
      const report = await compressRecording(file, out, { pictures, existing });
      const [raw, coded] = [report.rawBytes, report.codedBytes].map((bytes) => `${(bytes / MEGABYTE).toFixed(1)} MB`);
      note(
        `${out}: ${report.messages} messages, ${report.pictures} pictures as ${pictures}: ${coded} in place of ${raw}`,
      );
      note('the pictures lost detail: only the original can be replayed and exported');
    });
}
