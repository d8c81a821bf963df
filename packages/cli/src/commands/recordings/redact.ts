import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { ImageRegion } from '@praxis/evaluation';
import { again } from '../../options/parsers.ts';
import { note } from '../../terminal/output.ts';

const REGION = /^(\/[^:]+):(\d+),(\d+),(\d+),(\d+)$/;

/** Adds a region `TOPIC:X,Y,WIDTH,HEIGHT` to those before it. */
const region =
  (option: string) =>
  (text: string, before: readonly ImageRegion[] = []): readonly ImageRegion[] => {
    const [, topic, x, y, width, height] = REGION.exec(text) ?? [];
    if (topic === undefined || Number(width) === 0 || Number(height) === 0) {
      throw new InputError(
        `${option} ${text}: expected TOPIC:X,Y,WIDTH,HEIGHT in pixels, such as /camera_front/image_raw:0,0,40,30`,
      );
    }
    return [...before, { topic, x: Number(x), y: Number(y), width: Number(width), height: Number(height) }];
  };

export function addRedact(praxis: Command): void {
  praxis
    .command('redact')
    .description('copy a recording without what must not be shared')
    .argument('<file>', 'recording (.mcap)')
    .requiredOption('--out <file>', 'the copy')
    .option('--blur <region>', 'blur a region of the pictures of a topic; may be given again', region('--blur'))
    .option('--cut <region>', 'make a region of the pictures of a topic black; may be given again', region('--cut'))
    .option('--drop <topic>', 'leave a topic out; may be given again', again)
    .option('--drop-words', 'leave out what people said and typed')
    .option('--overwrite', 'overwrite a file that exists')
    .addHelpText(
      'after',
      `
The copy says in its metadata praxis_redaction what was taken out. Praxis finds no faces by itself: name the regions in which people are.
The original stays as it is.

Examples:
  $ npx praxis redact pick.mcap --out shared.mcap --drop-words
  $ npx praxis redact pick.mcap --out shared.mcap --blur /camera_front/image_raw:0,0,96,30
  $ npx praxis redact pick.mcap --out shared.mcap --drop /camera_wrist/image_raw --cut /camera_front/image_raw:10,10,20,20`,
    )
    .action(async (file, { out, blur = [], cut = [], drop = [], dropWords = false, overwrite }) => {
      if (blur.length + cut.length + drop.length === 0 && !dropWords) {
        throw new InputError('nothing to take out, expected --blur, --cut, --drop or --drop-words');
      }
      const { redactRecording } = await import('@praxis/evaluation');
      const rules = { blur, cut, drop, dropWords };
      const report = await redactRecording(file, out, rules, overwrite ? 'overwrite' : 'refuse');
      note(
        `${out}: ${report.messages} messages, ${report.pictures} pictures changed, ${report.dropped} messages left out`,
      );
    });
}
